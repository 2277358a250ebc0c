//! What drawings must keep: all nodes and edges, names that fit, the same bytes twice.

use super::layout::{Layout, layout};
use super::*;

fn node(name: &str, shape: Shape, layer: usize) -> DrawnNode {
    DrawnNode { name: name.to_owned(), shape, layer }
}

fn edge(from: usize, to: usize, label: &str) -> DrawnEdge {
    DrawnEdge { from, to, label: label.to_owned(), line: if label.is_empty() { Line::Solid } else { Line::Dashed } }
}

/// Agencies of three levels by sector, with some successors.
fn hierarchy() -> (Vec<DrawnNode>, Vec<DrawnEdge>) {
    let upper = [
        "Sở Nội vụ",
        "Sở Tư pháp",
        "Sở Tài chính",
        "Sở Kế hoạch và Đầu tư",
        "Sở Thông tin và Truyền thông",
        "Sở Khoa học và Công nghệ",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Tài nguyên và Môi trường",
        "Sở Nông nghiệp và Môi trường",
        "Văn phòng UBND tỉnh",
    ];
    let lower = [
        "Phòng Nội vụ",
        "Phòng Tư pháp",
        "Phòng Tài chính - Kế hoạch",
        "Phòng Văn hóa và Thông tin",
        "Phòng Nông nghiệp và Phát triển nông thôn",
        "Phòng Tài nguyên và Môi trường",
        "Văn phòng HĐND và UBND huyện",
    ];
    let lowest = ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Văn phòng HĐND và UBND xã"];
    let mut nodes: Vec<DrawnNode> = upper.iter().map(|name| node(name, Shape::Box, 0)).collect();
    nodes.extend(lower.iter().map(|name| node(name, Shape::Rounded, 2)));
    nodes.extend(lowest.iter().map(|name| node(name, Shape::Oval, 3)));
    let mut edges: Vec<DrawnEdge> = [(0, 11), (1, 12), (2, 13), (3, 13), (4, 14), (5, 14), (6, 14), (7, 15), (8, 16), (9, 15), (10, 17)]
        .map(|(a, b)| edge(a, b, ""))
        .into();
    edges.extend([(11, 18), (12, 20), (13, 19), (14, 18), (15, 19), (16, 19), (17, 20)].map(|(a, b)| edge(a, b, "")));
    edges.extend([edge(3, 2, "kế tục"), edge(7, 9, "kế tục"), edge(8, 9, "kế tục"), edge(4, 5, "công nghệ thông tin")]);
    (nodes, edges)
}

fn overlaps(drawing: &Layout) -> Option<(usize, usize)> {
    let all = &drawing.boxes;
    (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b))).find(|(a, b)| {
        let (a, b) = (&all[*a], &all[*b]);
        (a.x - b.x).abs() < (a.width + b.width) / 2.0 && (a.y - b.y).abs() < (a.height + b.height) / 2.0
    })
}

#[test]
fn nodes_never_overlap_and_stay_on_the_page() {
    let (nodes, edges) = hierarchy();
    let drawing = layout(&nodes, &edges);
    assert_eq!(overlaps(&drawing), None);
    for place in &drawing.boxes {
        assert!(place.x - place.width / 2.0 > 0.0 && place.x + place.width / 2.0 < drawing.width, "{place:?}");
        assert!(place.y - place.height / 2.0 > 0.0 && place.y + place.height / 2.0 < drawing.height, "{place:?}");
    }
}

#[test]
fn edges_run_to_the_right_and_circles_are_drawn() {
    let nodes: Vec<DrawnNode> = ["a", "b", "c"].map(|name| node(name, Shape::Heavy, 0)).into();
    let edges = [edge(0, 1, ""), edge(1, 2, ""), edge(2, 0, ""), edge(1, 1, ""), edge(0, 2, ""), edge(0, 9, "")];
    let drawing = layout(&nodes, &edges);
    assert_eq!(drawing.paths.len(), 5);
    assert!(drawing.boxes[0].x < drawing.boxes[1].x && drawing.boxes[1].x < drawing.boxes[2].x);
    // the long edge bends round the node between
    let long = &drawing.paths[4].points;
    assert!(
        long.len() > 2 && long.iter().skip(1).take(2).all(|(_, y)| (y - drawing.boxes[1].y).abs() > drawing.boxes[1].height / 2.0),
        "{long:?}"
    );
    let back = &drawing.paths[2].points;
    assert!(back.first() > back.last());
}

#[test]
fn a_layer_says_where_a_node_may_stand_first() {
    let nodes = [node("tỉnh", Shape::Box, 0), node("xã", Shape::Box, 2), node("huyện", Shape::Box, 1)];
    let drawing = layout(&nodes, &[]);
    assert!(drawing.boxes[0].x < drawing.boxes[2].x && drawing.boxes[2].x < drawing.boxes[1].x);
}

#[test]
fn few_edges_cross() {
    // written in the worst order: a drawing without crossings exists
    let nodes: Vec<DrawnNode> = (0..12).map(|at| node(&format!("nút {at}"), Shape::Box, 0)).collect();
    let edges: Vec<DrawnEdge> = (0..6).map(|at| edge(at, 11 - at, "")).collect();
    let drawing = layout(&nodes, &edges);
    for path in &drawing.paths {
        let (from, to) = (path.points[0], path.points[1]);
        assert!((from.1 - to.1).abs() < 1.0, "{path:?}");
    }
}

#[test]
fn texts_cannot_break_out_of_any_format() {
    let nodes = [node("A \"<b>\" & \\ # C\n\u{1}", Shape::Box, 0), node("", Shape::Oval, 0)];
    let edges = [edge(0, 1, "\"x\" < y")];
    assert!(dot(&nodes, &edges).contains(r#"label="A \"<b>\" & \\ # C"#));
    assert!(mermaid(&nodes, &edges).contains("A #quot;#lt;b#gt;#quot; & \\ #35; C"));
    let drawn = svg("a < b", &nodes, &edges);
    assert!(drawn.contains("<title id=\"title\">a &lt; b</title>") && drawn.contains("A &quot;&lt;b&gt;&quot; &amp; \\ # C"));
    assert!(!drawn.contains('\u{1}'));
    assert_eq!(drawn.matches("<text").count(), drawn.matches("</text>").count());
}

#[test]
fn one_graph_gives_one_drawing() {
    let (nodes, edges) = hierarchy();
    assert_eq!(svg("Danh bạ", &nodes, &edges), svg("Danh bạ", &nodes, &edges));
    assert!(svg("Danh bạ", &[], &[]).ends_with("</svg>\n"));
}

#[test]
fn long_names_are_wrapped_evenly() {
    assert_eq!(wrap("Sở Nội vụ"), ["Sở Nội vụ"]);
    assert_eq!(wrap("Sở Nông nghiệp và Phát triển nông thôn"), ["Sở Nông nghiệp và Phát", "triển nông thôn"]);
    assert!(wrap("Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp").iter().all(|line| line.width() <= LINE_WIDTH));
}
