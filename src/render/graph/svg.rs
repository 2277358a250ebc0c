//! SVG: one drawing, no script, no font file, no network.

use super::layout::{CHARACTER, LINE_HEIGHT, Path, Placed, layout};
use super::{DrawnEdge, DrawnNode, Line, Shape};

const STYLE: &str = "text{font:13px 'Segoe UI','DejaVu Sans',Arial,sans-serif;fill:#1b1b1b;text-anchor:middle}\
.node{stroke:#34495e;stroke-width:1.2}.box{fill:#fff}.rounded{fill:#eef5ee}.oval{fill:#fdf6e3}.heavy{fill:#e8eef6;stroke-width:2.4}\
.edge{fill:none;stroke:#5d6d7e;stroke-width:1.2}.dashed{stroke-dasharray:6 4}.strong{stroke:#1b2631;stroke-width:2.4}\
.said{font-size:11px;fill:#34495e;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}";

/// Returns a graph as an SVG document with a title for screen readers. Text is wrapped; edges end in arrowheads.
pub fn svg(title: &str, nodes: &[DrawnNode], edges: &[DrawnEdge]) -> String {
    let drawing = layout(nodes, edges);
    let (width, height) = (drawing.width, drawing.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">{}</title>\n<style>{STYLE}</style>\n<defs><marker id=\"arrow\" \
         viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" \
         orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#5d6d7e\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        escape(title)
    );
    for path in &drawing.paths {
        let edge = &edges[path.edge];
        let class = match edge.line {
            Line::Solid => "edge",
            Line::Dashed => "edge dashed",
            Line::Heavy => "edge strong",
        };
        let way = if edge.from == edge.to { loop_at(&drawing.boxes[edge.from]) } else { curve(path) };
        out.push_str(&format!("<path class=\"{class}\" marker-end=\"url(#arrow)\" d=\"{way}\"/>\n"));
    }
    for (node, place) in nodes.iter().zip(&drawing.boxes) {
        push_node(&mut out, node, place);
    }
    // words on edges last, so that no line runs over them
    for path in drawing.paths.iter().filter(|path| !edges[path.edge].label.is_empty()) {
        let (x, y) = middle(path);
        out.push_str(&format!("<text class=\"said\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>\n", y - 3.0, escape(&edges[path.edge].label)));
    }
    out.push_str("</svg>\n");
    out
}

fn push_node(out: &mut String, node: &DrawnNode, place: &Placed) {
    let Placed { x, y, width, height, lines } = place;
    let (left, top) = (x - width / 2.0, y - height / 2.0);
    let (class, round) = match node.shape {
        Shape::Box => ("box", 0),
        Shape::Rounded => ("rounded", 10),
        Shape::Oval => ("oval", 0),
        Shape::Heavy => ("heavy", 0),
    };
    if node.shape == Shape::Oval {
        let (rx, ry) = (width / 2.0, height / 2.0);
        out.push_str(&format!("<ellipse class=\"node {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" rx=\"{rx:.1}\" ry=\"{ry:.1}\"/>\n"));
    } else {
        out.push_str(&format!(
            "<rect class=\"node {class}\" x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round}\"/>\n"
        ));
    }
    let first = y - (lines.len() as f64 - 1.0) * LINE_HEIGHT / 2.0 + 4.5;
    out.push_str("<text>");
    for (at, line) in lines.iter().enumerate() {
        out.push_str(&format!("<tspan x=\"{x:.1}\" y=\"{:.1}\">{}</tspan>", first + at as f64 * LINE_HEIGHT, escape(line)));
    }
    out.push_str("</text>\n");
}

/// A line that leaves and enters each point level, with an S between.
fn curve(path: &Path) -> String {
    let Some(((x, y), rest)) = path.points.split_first() else { return String::new() };
    let mut out = format!("M{x:.1} {y:.1}");
    let mut last = (*x, *y);
    for (x, y) in rest {
        let half = (x - last.0) / 2.0;
        if (y - last.1).abs() < 0.5 {
            out.push_str(&format!("L{x:.1} {y:.1}"));
        } else {
            out.push_str(&format!("C{:.1} {:.1} {:.1} {y:.1} {x:.1} {y:.1}", last.0 + half, last.1, x - half));
        }
        last = (*x, *y);
    }
    out
}

/// An edge from a node to itself.
fn loop_at(place: &Placed) -> String {
    let (x, y) = (place.x + place.width / 2.0, place.y);
    format!("M{x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}", y - 5.0, x + 34.0, y - 26.0, x + 34.0, y + 26.0, y + 5.0)
}

/// Where an edge's words stand: in the middle of its first stretch between two columns, nearer to its end where edges fan out.
fn middle(path: &Path) -> (f64, f64) {
    let stretch = path.points.windows(2).max_by(|a, b| (a[1].0 - a[0].0).abs().total_cmp(&(b[1].0 - b[0].0).abs()));
    match stretch {
        Some([from, to]) => {
            let share = 0.62;
            // the S is steepest in its middle: there its height is the mean
            let rise = share * share * (3.0 - 2.0 * share);
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * rise)
        }
        Some(_) | None => path.points.first().map_or((0.0, 0.0), |(x, y)| (x + CHARACTER * 4.0, *y)),
    }
}

/// Replaces what XML reserves and drops what it forbids.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
