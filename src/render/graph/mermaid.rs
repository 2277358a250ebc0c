//! Mermaid, for pages that draw it.

use super::{DrawnEdge, DrawnNode, Line, Shape, sound};

/// Returns a graph as a Mermaid flowchart.
pub fn mermaid(nodes: &[DrawnNode], edges: &[DrawnEdge]) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, node) in nodes.iter().enumerate() {
        let name = escape(&node.name);
        let shaped = match node.shape {
            Shape::Box => format!("[\"{name}\"]"),
            Shape::Rounded => format!("(\"{name}\")"),
            Shape::Oval => format!("([\"{name}\"])"),
            Shape::Heavy => format!("[[\"{name}\"]]"),
        };
        out.push_str(&format!("  n{at}{shaped}\n"));
    }
    for edge in sound(nodes, edges) {
        let arrow = match edge.line {
            Line::Solid => "-->",
            Line::Dashed => "-.->",
            Line::Heavy => "==>",
        };
        let label = if edge.label.is_empty() { String::new() } else { format!("|\"{}\"|", escape(&edge.label)) };
        out.push_str(&format!("  n{} {arrow}{label} n{}\n", edge.from, edge.to));
    }
    out
}

/// Mermaid knows entities by `#`; `"` would end the text and `<` would be taken for markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' => out.push_str("#35;"),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
