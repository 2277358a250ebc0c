//! DOT, for Graphviz.

use super::{DrawnEdge, DrawnNode, Line, Shape, sound, wrap};

/// Returns a graph in DOT.
pub fn dot(nodes: &[DrawnNode], edges: &[DrawnEdge]) -> String {
    let mut out = String::from(
        "digraph {\n  rankdir=LR;\n  node [fontname=\"Times New Roman\", fontsize=12];\n  edge [fontname=\"Times New Roman\", fontsize=10];\n",
    );
    for (at, node) in nodes.iter().enumerate() {
        let look = match node.shape {
            Shape::Box => "shape=box",
            Shape::Rounded => "shape=box, style=rounded",
            Shape::Oval => "shape=ellipse",
            Shape::Heavy => "shape=box, penwidth=2",
        };
        let lines: Vec<String> = wrap(&node.name).iter().map(|line| escape(line)).collect();
        out.push_str(&format!("  n{at} [{look}, label=\"{}\"];\n", lines.join("\\n")));
    }
    for edge in sound(nodes, edges) {
        let mut looks = Vec::new();
        if !edge.label.is_empty() {
            looks.push(format!("label=\"{}\"", escape(&edge.label)));
        }
        match edge.line {
            Line::Solid => {}
            Line::Dashed => looks.push("style=dashed".to_owned()),
            Line::Heavy => looks.push("penwidth=2".to_owned()),
        }
        let looks = if looks.is_empty() { String::new() } else { format!(" [{}]", looks.join(", ")) };
        out.push_str(&format!("  n{} -> n{}{looks};\n", edge.from, edge.to));
    }
    out.push_str("}\n");
    out
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}
