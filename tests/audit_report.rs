//! The HTML report of an audit: what can be said of it without a browser.

mod support;

use std::collections::BTreeSet;
use std::fs;

use kehoach::cli::Status;
use scraper::{ElementRef, Html, Selector};

use support::audited::{OWN, district, json, project, say};

const TASKS: &str = "\nNHIỆM VỤ H1: Số hóa sổ hộ tịch, tài liệu địa chính và hồ sơ cán bộ\nCơ quan chủ trì: Phòng Tư pháp\n\nNHIỆM VỤ H2: Gắn biển tên đường có mã quét\nCơ quan chủ trì: Phòng Văn hóa và Thông tin\nThời gian hoàn thành: Tháng 02/2025\n";

/// Returns the report of two districts, one of them without plan, in a language.
fn report(lang: &str) -> Html {
    let dir = project(&[("vb/huyen.kh", &district(&format!("{TASKS}{}", OWN.replace("H1", "H3"))))]);
    let said = say(dir.path(), &["audit", "TỈNH", "vb", "--format", "html", "--lang", lang]);
    assert_eq!(said.status, Status::Findings, "{}", said.err);
    Html::parse_document(&said.out)
}

fn all<'d>(page: &'d Html, what: &str) -> Vec<ElementRef<'d>> {
    page.select(&Selector::parse(what).expect("a selector")).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_control_and_link_has_a_name_and_leads_somewhere() {
    let page = report("vi");
    let controls = all(&page, "input, select, button");
    assert!(controls.len() >= 5);
    for control in controls {
        let labelled = control.ancestors().filter_map(ElementRef::wrap).any(|one| one.value().name() == "label" && !text(one).is_empty());
        assert!(labelled || !text(control).is_empty(), "{}", control.html());
    }
    let ids: Vec<&str> = all(&page, "[id]").iter().filter_map(|one| one.value().id()).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an id stands twice");
    for link in all(&page, "a[href], section[aria-labelledby]") {
        let target = link.value().attr("href").and_then(|href| href.strip_prefix('#')).or(link.value().attr("aria-labelledby"));
        assert!(target.is_some_and(|id| known.contains(id)), "{}", link.html());
        let name = link.value().attr("aria-label").map_or_else(|| text(link), str::to_owned);
        assert!(name.starts_with(&text(link).chars().take(1).collect::<String>()) && !name.is_empty(), "{}", link.html());
    }
}

#[test]
fn headings_go_down_step_by_step() {
    let page = report("vi");
    let levels: Vec<u32> = all(&page, "h1, h2, h3, h4, h5, h6")
        .iter()
        .map(|heading| heading.value().name().trim_start_matches('h').parse().expect("a level"))
        .collect();
    assert_eq!((levels[0], levels.iter().filter(|level| **level == 1).count()), (1, 1));
    assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
}

#[test]
fn every_table_has_heads_that_say_what_they_head() {
    let page = report("vi");
    let tables = all(&page, "table");
    assert!(tables.len() >= 3, "{}", tables.len());
    for table in tables {
        let select = |what: &str| table.select(&Selector::parse(what).expect("a selector")).collect::<Vec<_>>();
        assert!(!select("thead th").is_empty() && select("thead td").is_empty(), "{}", table.html());
        for head in select("th") {
            assert!(head.value().attr("scope").is_some() && !text(head).is_empty(), "{}", head.html());
        }
        let width = select("thead tr")[0].child_elements().count();
        assert!(select("tbody tr").iter().all(|row| row.child_elements().count() == width), "{}", table.html());
    }
}

#[test]
fn the_page_says_its_language_and_that_of_the_plans() {
    let of = |page: &Html| all(page, "html")[0].value().attr("lang").expect("a language").to_owned();
    assert_eq!(of(&report("vi")), "vi");
    let english = report("en");
    assert_eq!(of(&english), "en");
    let words = "Số hóa sổ hộ tịch";
    let quoted: Vec<ElementRef<'_>> = all(&english, "p, td").into_iter().filter(|one| text(*one).starts_with(words)).collect();
    assert!(!quoted.is_empty());
    for one in quoted {
        let lang =
            one.ancestors().filter_map(ElementRef::wrap).chain([one]).find_map(|up| (up.value().attr("lang") == Some("vi")).then_some(()));
        assert!(lang.is_some(), "{}", one.html());
    }
}

/// Relative luminance of `rrggbb` as WCAG 2 defines it.
fn luminance(digits: &str) -> f64 {
    let digits = if digits.len() == 3 { digits.chars().flat_map(|digit| [digit, digit]).collect() } else { digits.to_owned() };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits")) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn letters_stand_out_from_their_grounds() {
    let page = report("vi");
    let style = text(all(&page, "style")[0]);
    let mut pairs = 0;
    for rule in style.split('}') {
        let value = |name: &str| {
            let body = rule.rsplit_once('{')?.1;
            let found = body.split(';').find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(":#").map(str::to_owned))?;
            Some(found.chars().take_while(char::is_ascii_hexdigit).collect::<String>())
        };
        let (Some(ground), Some(ink)) = (value("background"), value("color")) else { continue };
        let (a, b) = (luminance(&ground), luminance(&ink));
        let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        assert!(contrast >= 4.5, "{rule}: {contrast:.2}");
        pairs += 1;
    }
    // eight classes of states, words that were struck out or put in
    assert!(pairs >= 10, "{pairs}");
}

#[test]
fn a_unit_gets_a_file_of_its_own() {
    let answer = "\nNHIỆM VỤ H1: Số hóa sổ hộ tịch lưu tại các kho\nCơ quan chủ trì: Phòng Tư pháp\n";
    let town = district(answer).replace("HUYỆN", "THỊ-XÃ").replace("huyện Đông Giang", "thị xã Tân Lương");
    let dir = project(&[("vb/a.kh", &district(TASKS)), ("vb/b.kh", &town)]);
    fs::create_dir(dir.path().join("ra")).expect("a folder");
    let said = say(dir.path(), &["audit", "TỈNH", "vb", "--format", "html", "-o", "ra"]);
    assert_ne!(said.status, Status::Unable, "{}", said.err);
    let mut titles: Vec<(String, usize)> = Vec::new();
    for file in fs::read_dir(dir.path().join("ra")).expect("a folder").flatten() {
        let page = Html::parse_document(&fs::read_to_string(file.path()).expect("written"));
        titles.push((text(all(&page, "h1")[0]), all(&page, "section.unit").len()));
        for link in all(&page, "td a") {
            let (name, id) = link.value().attr("href").and_then(|href| href.split_once('#')).expect("a place");
            let target = if name.is_empty() { file.path() } else { dir.path().join("ra").join(name) };
            let there = fs::read_to_string(target).expect("the file that the cell names");
            assert!(there.contains(&format!("id=\"{id}\"")), "{}", link.html());
        }
    }
    titles.sort();
    let title = |who: &str| format!("Đối chiếu {who} với TỈNH: Chuyển đổi số năm 2024");
    assert_eq!(titles, [(title("2 đơn vị"), 0), (title("huyện Đông Giang"), 1), (title("thị xã Tân Lương"), 1)]);
}

#[test]
fn a_waived_task_is_a_suppressed_result_with_its_reason() {
    let plan = "KẾ HOẠCH HUYỆN: Chuyển đổi số năm 2024\nĐơn vị: huyện Đông Giang\nNăm: 2024\nTheo: TỈNH\n\nKẾ THỪA T1, T2, T3, T5, T6\n\nKHÔNG ÁP DỤNG T4\nLoại: thẩm quyền cấp trên\nLý do: Tỉnh xây một trung tâm dùng chung\n";
    let dir = project(&[("huyen.kh", plan)]);
    let said = say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "sarif"]);
    let log = json(&said);
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let waived: Vec<_> = results.iter().filter(|one| one["ruleId"] == "KH5078").collect();
    assert_eq!(waived.len(), 1, "{}", said.out);
    assert_eq!(waived[0]["suppressions"][0]["justification"], "Tỉnh xây một trung tâm dùng chung");
    assert_eq!(said.status, Status::Clean);
}

#[test]
fn communes_whose_district_has_no_plan_stand_in_the_one_table() {
    let commune = "KẾ HOẠCH XÃ: Chuyển đổi số năm 2024\nĐơn vị: xã An Hòa\nNăm: 2024\n\nNHIỆM VỤ X1: Gắn biển tên đường có mã quét\nCơ quan chủ trì: UBND xã\n";
    let dir = project(&[("vb/xa.kh", commune)]);
    let said = say(dir.path(), &["audit", "TỈNH", "vb", "--format", "html"]);
    let page = Html::parse_document(&said.out);
    assert_eq!(all(&page, "table.m").len(), 1);
    let units: Vec<String> = all(&page, "table.m tbody th").into_iter().map(text).collect();
    assert_eq!(units.iter().filter(|unit| *unit == "huyện Đông Giang" || *unit == "xã An Hòa").count(), 2, "{units:?}");
    let cards: Vec<String> = all(&page, "ul.cards li").into_iter().map(text).collect();
    assert!(cards.contains(&"1nhiệm vụ đã có".to_owned()), "{cards:?}");
}
