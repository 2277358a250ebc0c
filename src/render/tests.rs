//! Pages as people see them, and what templates may do wrong.

mod layouts;

use serde_json::json;

use super::fixture::{DISTRICT, Fixture, PROVINCE, appendix_mut, fixture, part};
use super::text::width_of;
use super::view::PartView;
use super::*;
use crate::base::{Date, SourceId};
use crate::diag::Code;
use crate::model::Role;

fn page(fixture: &Fixture, plan: usize, width: usize) -> String {
    let options = Options { width, lang: Lang::Vi };
    let (page, findings) = text(&fixture.model, &fixture.derivations[plan], &Templates::embedded(), &options);
    assert_eq!(findings, []);
    page
}

fn plan_view(fixture: &Fixture, plan: usize) -> view::PlanView {
    view::plan(&fixture.model, &fixture.derivations[plan], &Options::default())
}

/// Marks and texts of a tree, in reading order.
fn reading(parts: &[PartView]) -> Vec<String> {
    parts.iter().flat_map(|part| std::iter::once(format!("{} {}", part.mark, part.text)).chain(reading(&part.below))).collect()
}

#[test]
fn no_line_is_longer_than_the_page() {
    let fixture = fixture();
    let templates = Templates::embedded();
    assert_eq!(templates.findings(), []);
    for width in 60..=160 {
        let options = Options { width, lang: Lang::Vi };
        let changes = changes(&fixture.model, &fixture.derivations, PlanId::new(DISTRICT), &templates, &options).0;
        let body = for_body(&fixture.model, &fixture.derivations[DISTRICT], "Phòng Nội vụ", &templates, &options).0;
        for page in [page(&fixture, PROVINCE, width), page(&fixture, DISTRICT, width), changes, body] {
            assert!(page.lines().count() > 10);
            for line in page.lines() {
                assert!(width_of(line) <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }
}

#[test]
fn a_page_narrower_than_sixty_is_set_at_sixty() {
    let fixture = fixture();
    assert_eq!(page(&fixture, PROVINCE, 10), page(&fixture, PROVINCE, 60));
}

#[test]
fn a_decision_stands_before_the_plan_that_it_issues() {
    let page = page(&fixture(), PROVINCE, 100);
    let places = [
        "CỘNG HÒA XÃ HỘI",
        "QUYẾT ĐỊNH\n",
        "QUYẾT ĐỊNH:",
        "Điều 3.",
        "Nơi nhận:",
        "KẾ HOẠCH\n",
        "I. MỤC ĐÍCH",
        "Phụ lục I\n",
        "Phụ lục IV\n",
    ]
    .map(|words| page.find(words).unwrap_or_else(|| panic!("{words}\n{page}")));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_plan_issued_directly_is_signed_behind_its_text() {
    let page = page(&fixture(), DISTRICT, 100);
    assert!(!page.contains("Điều 1") && !page.contains("QUYẾT ĐỊNH:"));
    let places = ["Số: ……/KH-UBND", "KẾ HOẠCH\n", "như sau:", "./.", "TM. ỦY BAN NHÂN DÂN", "Phụ lục I\n"];
    let places = places.map(|words| page.find(words).unwrap_or_else(|| panic!("{words}\n{page}")));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_heading_names_the_unit_and_no_superior() {
    let view = plan_view(&fixture(), PROVINCE);
    assert_eq!(view.heading.superior, Vec::<String>::new());
    assert_eq!(view.heading.issuer, ["ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"]);
    assert_eq!(view.heading.place_date, "Thanh Hóa, ngày 24 tháng 12 năm 2021");
    assert_eq!(view.authority, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THANH HÓA");
    assert_eq!(
        view.plan.attached,
        "(Ban hành kèm theo Quyết định số 5347/QĐ-UBND ngày 24/12/2021 của Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa)"
    );
}

#[test]
fn days_below_ten_and_the_months_one_and_two_are_padded() {
    let mut fixture = fixture();
    let mut date = |month| {
        fixture.model.plans[PROVINCE].header.date = Date::new(2022, month, 5);
        plan_view(&fixture, PROVINCE).heading.place_date
    };
    assert!(date(2).ends_with("ngày 05 tháng 02 năm 2022"));
    assert!(date(3).ends_with("ngày 05 tháng 3 năm 2022"));
}

#[test]
fn what_is_not_known_yet_is_seen_on_paper() {
    let mut fixture = fixture();
    let header = &mut fixture.model.plans[PROVINCE].header;
    (header.number, header.date, header.responsible) = (None, None, None);
    let view = plan_view(&fixture, PROVINCE);
    assert_eq!(view.heading.number, "Số: ……/QĐ-UBND");
    assert!(view.heading.place_date.ends_with("ngày …… tháng …… năm ……"));
    assert!(view.articles[2].text.starts_with("[CẦN BỔ SUNG: trách nhiệm thi hành] chịu trách nhiệm"));
    let parts = reading(&view.parts);
    assert!(parts.iter().any(|line| line.ends_with("[CẦN BỔ SUNG: mức chi cụ thể].")), "{parts:#?}");
}

#[test]
fn bases_end_in_semicolons_and_the_proposal_in_a_full_stop() {
    let bases = plan_view(&fixture(), PROVINCE).bases;
    assert_eq!(bases.iter().map(|basis| basis.chars().last()).collect::<Vec<_>>(), [Some(';'), Some(';'), Some('.')]);
    assert!(bases[1].starts_with("Căn cứ Nghị quyết"), "{bases:?}");
    assert!(bases[2].starts_with("Theo đề nghị của Giám đốc"), "{bases:?}");
}

#[test]
fn marks_follow_the_rules_of_the_language() {
    let mut fixture = fixture();
    let mut seventh = part(2, "", "Thứ bảy", vec![part(4, "", "một", vec![part(5, "", "hai", vec![])])]);
    seventh.printed_number = Some("7".into());
    let plain = part(2, "", "Không có gì bên dưới", vec![]);
    fixture.derivations[PROVINCE].content.parts = vec![part(
        1,
        "II",
        "Tên phần",
        vec![part(0, "", "Đoạn mở đầu", vec![]), part(2, "", "Đầu", vec![part(0, "", "x", vec![])]), seventh, plain],
    )];
    let lines = reading(&plan_view(&fixture, PROVINCE).parts);
    assert_eq!(lines, ["II. TÊN PHẦN", " Đoạn mở đầu.", "1. Đầu", " x.", "7. Thứ bảy", "a) một", "- hai.", "8. Không có gì bên dưới./."]);
}

#[test]
fn tasks_are_listed_by_appendix() {
    let lines = reading(&plan_view(&fixture(), PROVINCE).parts);
    let from = lines.iter().position(|line| line == "2. Nhiệm vụ").unwrap();
    assert_eq!(lines[from + 1], "2.1. Cải cách thể chế");
    assert!(lines[from + 2].starts_with("a) Sửa quy định"), "{lines:#?}");
    assert!(lines[from + 3].starts_with("b) Xây dựng Đề án"), "{lines:#?}");
    assert_eq!(lines[from + 4], "2.2. Cải cách thủ tục hành chính");
}

#[test]
fn each_responsible_body_has_one_paragraph() {
    let lines = reading(&plan_view(&fixture(), PROVINCE).parts);
    let justice: Vec<&String> = lines.iter().filter(|line| line.contains("Sở Tư pháp chủ trì")).collect();
    assert_eq!(justice.len(), 1);
    assert!(justice[0].starts_with("2. ") && justice[0].contains("theo Phụ lục I;"), "{justice:?}");
    assert!(justice[0].ends_with("báo cáo Chủ tịch UBND tỉnh (qua Sở Nội vụ) trước ngày 15/11/2022."), "{justice:?}");
}

#[test]
fn a_body_named_by_a_title_is_not_repeated_and_does_not_report_through_itself() {
    let lines = reading(&plan_view(&fixture(), PROVINCE).parts);
    let home: Vec<&String> = lines.iter().filter(|line| line.contains("(Phụ lục III);")).collect();
    assert_eq!(home.len(), 1, "{lines:#?}");
    assert!(home[0].starts_with("4.1. Chủ trì triển khai"), "{home:?}");
    assert!(home[0].ends_with("báo cáo Chủ tịch UBND tỉnh trước ngày 20/11/2022."), "{home:?}");
}

#[test]
fn reports_that_differ_name_their_appendices() {
    let mut fixture = fixture();
    appendix_mut(&mut fixture, PROVINCE, 3).report = Some(super::fixture::text("Trước ngày 25/11/2022"));
    let lines = reading(&plan_view(&fixture, PROVINCE).parts).join("\n");
    assert!(
        lines.contains("trước ngày 20/11/2022 đối với Phụ lục III, Chủ tịch UBND tỉnh trước ngày 25/11/2022 đối với Phụ lục IV."),
        "{lines}"
    );
}

#[test]
fn a_placeholder_that_names_nothing_is_seen() {
    let mut fixture = fixture();
    fixture.derivations[PROVINCE].content.parts = vec![part(1, "I", "A", vec![part(4, "", "{nhiệm vụ: 09}", vec![])])];
    assert_eq!(reading(&plan_view(&fixture, PROVINCE).parts)[1], "1. [nhiệm vụ: 09]./.");
}

#[test]
fn groups_of_tasks_print_their_fields_in_the_narrative() {
    let lines = reading(&plan_view(&fixture(), DISTRICT).parts);
    assert_eq!(
        lines[2..6],
        [
            "2. Việc khác",
            "a) Duy trì hệ thống quản lý chất lượng.",
            "- Cơ quan chủ trì: Phòng Nội vụ.",
            "- Cơ quan phối hợp: Phòng Tư pháp."
        ]
    );
}

#[test]
fn a_lone_appendix_has_no_number_and_a_printed_number_stays() {
    let mut fixture = fixture();
    appendix_mut(&mut fixture, PROVINCE, 1).printed_number = Some("số 02".into());
    appendix_mut(&mut fixture, PROVINCE, 2).called = Some("Danh mục".into());
    let captions = |fixture: &Fixture| plan_view(fixture, PROVINCE).appendices.into_iter().map(|x| x.caption).collect::<Vec<_>>();
    assert_eq!(captions(&fixture), ["Phụ lục I", "Phụ lục số 02", "Danh mục III", "Phụ lục IV"]);
    let content = &mut fixture.derivations[PROVINCE].content;
    content.tasks.retain(|task| task.appendix == Some(0));
    assert_eq!(captions(&fixture), ["Phụ lục"]);
}

#[test]
fn tasks_without_appendix_are_not_lost() {
    let mut fixture = fixture();
    fixture.derivations[PROVINCE].content.tasks[1].appendix = None;
    let view = plan_view(&fixture, PROVINCE);
    let last = view.appendices.last().unwrap();
    assert_eq!((last.title.as_str(), last.table.rows[0].code.as_str()), ("DANH MỤC NHIỆM VỤ NĂM 2022", "TC-08"));
}

#[test]
fn joined_fields_are_printed_behind_their_labels() {
    let view = plan_view(&fixture(), PROVINCE);
    let rows = &view.appendices[3].table.rows;
    assert_eq!(
        rows[0].cells[3],
        [
            "- Cơ quan chủ trì: Các sở, ban, ngành cấp tỉnh; UBND cấp huyện;",
            "- Cơ quan phối hợp: Văn phòng UBND tỉnh;",
            "- Cơ quan tổng hợp, kiểm tra: Sở Nội vụ."
        ]
    );
    assert_eq!(rows[1].cells[3], ["- Sở Nội vụ;", "- Thanh tra tỉnh."]);
}

#[test]
fn targets_without_a_column_stand_below_the_content() {
    let view = plan_view(&fixture(), PROVINCE);
    assert_eq!(
        view.appendices[1].table.rows[0].cells[1][1],
        "Chỉ tiêu: tối thiểu 98% hồ sơ giải quyết đúng hạn; 100% kết quả được số hóa."
    );
}

#[test]
fn one_bodys_tasks_come_with_role_and_appendix() {
    let fixture = fixture();
    let view = view::for_body(&fixture.model, &fixture.derivations[DISTRICT], "phòng tư pháp", &Options::default());
    let cells: Vec<String> = view.table.rows.iter().map(|row| format!("{} {}", row.cells[1].join(""), row.cells[3].join(""))).collect();
    assert_eq!(cells, ["Phụ lục I Chủ trì", "Việc khác Phối hợp"]);
}

#[test]
fn a_body_finds_what_is_given_to_its_group() {
    let mut fixture = fixture();
    let group = fixture.model.registry.look_up("Các phòng, ban, ngành cấp huyện")[0].body;
    let added = fixture.derivations[DISTRICT].content.tasks.last_mut().unwrap();
    let (leads, coordinators) = (&mut added.fields.leads, &mut added.fields.coordinators);
    leads.as_mut().unwrap().value[0] = Role { body: group, ..super::fixture::role("Các phòng, ban, ngành") };
    *coordinators = None;
    let view = view::for_body(&fixture.model, &fixture.derivations[DISTRICT], "Phòng Tư pháp", &Options::default());
    assert_eq!(view.table.rows.last().unwrap().cells[3], ["Chủ trì (Các phòng, ban, ngành)"]);
    assert!(view.summary.ends_with("giao chung theo nhóm 1."), "{}", view.summary);
}

#[test]
fn a_body_without_tasks_is_told_so() {
    let fixture = fixture();
    let options = Options::default();
    let (page, _) = for_body(&fixture.model, &fixture.derivations[DISTRICT], "Phòng Y tế", &Templates::embedded(), &options);
    assert!(page.contains("không giao nhiệm vụ nào cho Phòng Y tế") && !page.contains('│'), "{page}");
}

#[test]
fn changes_name_verb_difference_reason_and_class() {
    let fixture = fixture();
    let view = view::changes(&fixture.model, &fixture.derivations, PlanId::new(DISTRICT), &Options::default());
    let rows = &view.table.rows;
    assert_eq!(
        rows[0].cells[2..],
        [
            vec!["Không áp dụng".to_owned()],
            vec![],
            vec![
                "- Loại: thẩm quyền cấp trên;".into(),
                "- Lý do: Việc này do UBND tỉnh quyết định;".into(),
                "- Căn cứ: [CẦN BỔ SUNG: điều, khoản].".into()
            ]
        ]
    );
    assert_eq!(rows[1].cells[3][1], "- Thời gian hoàn thành: Quý III/2022 → Quý IV/2023.");
    assert_eq!(rows[2].cells[2], ["Tách thành 2 nhiệm vụ"]);
    assert_eq!(rows[3].cells[2], ["Gộp với CĐ-01"]);
    assert_eq!(rows[5].cells[2..4], [vec!["Sửa đổi chỉ tiêu".to_owned()], vec!["Chỉ tiêu mới: tối thiểu 95% người dân hài lòng".into()]]);
}

#[test]
fn a_field_carries_its_chain_of_origin() {
    let fixture = fixture();
    let value = json(&fixture.model, &fixture.derivations[DISTRICT], &fixture.sources);
    assert_eq!(value["schema"], "kehoach/plan/1");
    let deadline = &value["tasks"][0]["fields"]["deadline"];
    assert_eq!(deadline["value"]["entries"][0]["text"], "Quý IV/2023");
    assert_eq!(
        deadline["origin"],
        json!({
            "stated": "ke-hoach.kh:3",
            "steps": [
                {"cause": "rule", "rule": "year_shift", "from": "2022", "to": "2023", "at": "ke-hoach.kh:2", "plan": "HH-2023"},
                {"cause": "restated", "rule": null, "from": "Quý III/2023", "to": "Quý IV/2023", "at": null, "plan": "HH-2023"},
            ]
        })
    );
    assert_eq!(value["fates"][0]["outcome"]["kind"], "waived");
    assert_eq!(value["fates"][5]["outcome"], json!({"kind": "unanswered", "at": [], "reason": null, "children": []}));
}

fn own() -> SourceId {
    SourceId::new(7)
}

fn with_template(name: &str, text: &str) -> (String, Vec<Diagnostic>) {
    let fixture = fixture();
    let templates = Templates::embedded().with_override(name, text, own());
    assert_eq!(templates.findings(), []);
    super::text(&fixture.model, &fixture.derivations[PROVINCE], &templates, &Options::default())
}

fn quoted<'t>(text: &'t str, finding: &Diagnostic) -> &'t str {
    let loc = finding.primary.as_ref().unwrap().loc;
    assert_eq!(loc.source, own());
    &text[loc.span.range()]
}

#[test]
fn a_template_of_the_project_takes_the_place_of_the_programs() {
    let (page, findings) = with_template("text/appendix.txt.j2", "BẢNG {{ appendix.title }}\n");
    assert_eq!(findings, []);
    assert!(page.contains("BẢNG NHIỆM VỤ CẢI CÁCH THỂ CHẾ NĂM 2022\n") && page.contains("QUYẾT ĐỊNH:"), "{page}");
}

#[test]
fn a_value_that_does_not_exist_is_found_in_the_template() {
    let template = "{{ view.title.kind }}\n{{ view.sing_by }}\n";
    let (page, findings) = with_template("text/decision.txt.j2", template);
    assert_eq!((page.as_str(), findings.len(), findings[0].code), ("", 1, Code::KH6001));
    assert_eq!(quoted(template, &findings[0]), "view.sing_by");
}

#[test]
fn an_error_in_an_included_template_points_into_that_one() {
    let template = "{{ view.signature.titles | centred(width) }}\n";
    let (_, findings) = with_template("text/signature.txt.j2", template);
    assert_eq!(findings[0].code, Code::KH6001);
    assert!(quoted(template, &findings[0]).contains("centred"), "{findings:?}");
}

#[test]
fn a_loop_without_end_runs_out_of_fuel() {
    let template = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
    let (page, findings) = with_template("text/decision.txt.j2", template);
    assert_eq!((page.as_str(), findings[0].code), ("", Code::KH6001));
}

#[test]
fn a_template_that_cannot_be_parsed_leaves_the_programs_in_place() {
    let text = "x\n{% if %}\n";
    let templates = Templates::embedded().with_override("text/plan.txt.j2", text, own());
    assert_eq!(templates.findings().iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH6001]);
    let loc = templates.findings()[0].primary.as_ref().unwrap().loc;
    assert_eq!((loc.source, loc.span.start >= 2), (own(), true));
    let fixture = fixture();
    assert!(!super::text(&fixture.model, &fixture.derivations[DISTRICT], &templates, &Options::default()).0.is_empty());
}

#[test]
fn a_template_that_nothing_asks_for_is_reported_with_the_nearest_name() {
    let templates = Templates::embedded().with_override("text/decison.txt.j2", "x", own());
    let finding = &templates.findings()[0];
    assert_eq!(finding.code, Code::KH6002);
    assert!(finding.help.as_ref().unwrap().vi.contains("text/decision.txt.j2"), "{finding:?}");
}
