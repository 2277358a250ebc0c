//! A province's plan and a district's plan below it, built by hand: small, and with one of everything that documents show.

use crate::agency::{AgencyDecl, Body, Declarations, GroupDecl, LevelDecl, Named, Registry, UnitDecl, Validity, build};
use crate::base::{Date, Loc, Source, SourceId, Sources, Span};
use crate::derive::{Content, Derivation};
use crate::model::{
    Appendix, Authority, Cause, Code, Column, ColumnField, Fate, Fields, Form, Header, Marking, Model, Origin, Outcome, ParentLink, Part,
    Patch, Piece, Plan, PlanId, Role, Rule, Statement, Step, TargetFate, TargetLine, Task, TaskRef, Text, Verb, Waiver, WaiverClass,
};
use crate::value::{Deadline, Entry, Product, ProductKind, Target, Time};

/// The project: model, derivations (province, district), sources.
pub(super) struct Fixture {
    pub(super) model: Model,
    pub(super) derivations: Vec<Derivation>,
    pub(super) sources: Sources,
}

/// The province's plan.
pub(super) const PROVINCE: usize = 0;
/// The district's plan.
pub(super) const DISTRICT: usize = 1;

/// Returns the place of a line (from 1) of the fixture's only source.
pub(super) fn at(line: usize) -> Loc {
    Loc::new(SourceId::new(0), Span::at((line - 1) * 2))
}

pub(super) fn text(value: &str) -> Text {
    Text { value: value.into(), loc: at(1) }
}

fn code(value: &str) -> Code {
    Code::new(value, at(1))
}

fn piece<T>(value: T) -> Option<Piece<T>> {
    Some(Piece { value, origin: Origin::stated(at(1)) })
}

pub(super) fn role(name: &str) -> Role {
    Role { body: Body::Open, text: name.into(), duty: None, sector: None, label: None, loc: at(1) }
}

fn roles(names: &[&str]) -> Option<Piece<Vec<Role>>> {
    piece(names.iter().map(|name| role(name)).collect())
}

fn products(names: &[&str]) -> Option<Piece<Vec<Product>>> {
    let product =
        |name: &&str| Product { text: (*name).into(), kind: ProductKind::Document, issuer: None, submitted_to: None, optional: false };
    piece(names.iter().map(product).collect())
}

fn deadline(entries: &[(&str, &str)]) -> Option<Piece<Deadline>> {
    let entry = |(of, text): &(&str, &str)| Entry {
        of: (!of.is_empty()).then(|| (*of).into()),
        text: (*text).into(),
        time: Time::Unknown,
        moments: Vec::new(),
    };
    piece(Deadline { entries: entries.iter().map(entry).collect() })
}

pub(super) fn target(code: &str, text: &str) -> TargetLine {
    let target = Target { code: code.into(), text: text.into(), measure: None, exception: None };
    TargetLine { target, dropped: false, loc: at(1), unit: None }
}

fn appendix(number: &str, title: &str, focal: &str, report: &str, via: &str) -> Appendix {
    let some = |name: &str| (!name.is_empty()).then(|| role(name));
    Appendix {
        number: number.into(),
        title: text(title),
        printed_title: None,
        called: None,
        sector: None,
        focal: some(focal),
        report: (!report.is_empty()).then(|| text(report)),
        via: some(via),
        columns: Vec::new(),
        attached_to: None,
        printed_number: None,
        group: false,
        scores: None,
        loc: at(9),
    }
}

fn task(name: &str, appendix: usize, content: &str, fields: Fields) -> Task {
    Task {
        code: code(name),
        appendix: Some(appendix),
        fields: Fields { content: piece(content.to_owned()), ..fields },
        loc: at(1),
        carries: Vec::new(),
    }
}

pub(super) fn part(depth: u8, number: &str, text: &str, below: Vec<Part>) -> Part {
    Part {
        depth,
        number: number.into(),
        printed_number: None,
        text: text.into(),
        tied: Vec::new(),
        marking: None,
        below,
        origin: Origin::stated(at(5)),
    }
}

fn marked(marking: Marking, part: Part) -> Part {
    Part { marking: Some(marking), ..part }
}

fn province_content() -> Content {
    let sections = vec![
        part(
            1,
            "I",
            "Mục đích, yêu cầu",
            vec![
                part(
                    4,
                    "",
                    "Nâng cao chất lượng phục vụ người dân và doanh nghiệp; rút ngắn thời gian giải quyết thủ tục hành chính",
                    vec![],
                ),
                part(
                    4,
                    "",
                    "Phân công rõ việc, rõ người chịu trách nhiệm, rõ thời gian; phong trào \"Nụ cười công sở\" được duy trì ở mọi nơi tiếp dân",
                    vec![],
                ),
            ],
        ),
        part(
            1,
            "II",
            "Nội dung, nhiệm vụ và giải pháp",
            vec![
                marked(Marking::Numbers, part(2, "", "Chỉ tiêu cụ thể", vec![part(0, "", "{chỉ tiêu}", vec![])])),
                part(2, "", "Nhiệm vụ", vec![part(0, "", "{nhiệm vụ}", vec![])]),
            ],
        ),
        part(
            1,
            "III",
            "Kinh phí",
            vec![part(
                0,
                "",
                "Kinh phí bố trí trong dự toán năm 2022 của từng cơ quan theo phân cấp ngân sách. CẦN BỔ SUNG (mức chi cụ thể)",
                vec![],
            )],
        ),
        part(
            1,
            "IV",
            "Tổ chức thực hiện",
            vec![
                part(
                    2,
                    "",
                    "Các cơ quan, đơn vị cấp tỉnh; UBND cấp huyện, cấp xã",
                    vec![
                        part(
                            4,
                            "",
                            "Xây dựng kế hoạch của đơn vị mình, gồm:",
                            vec![part(5, "", "danh mục nhiệm vụ;", vec![]), part(5, "", "tiến độ từng nhiệm vụ.", vec![])],
                        ),
                        part(4, "", "Báo cáo kết quả hằng quý", vec![]),
                    ],
                ),
                part(0, "", "{trách nhiệm}", vec![]),
                marked(
                    Marking::Numbers,
                    part(
                        2,
                        "",
                        "Sở Nội vụ",
                        vec![
                            part(4, "", "{trách nhiệm: Sở Nội vụ}", vec![]),
                            part(4, "", "Theo dõi chung việc thực hiện Kế hoạch này", vec![]),
                        ],
                    ),
                ),
            ],
        ),
    ];
    let joined = vec![
        Column { title: "TT".into(), fields: vec![ColumnField::Number] },
        Column { title: "Nhiệm vụ cụ thể".into(), fields: vec![ColumnField::Content] },
        Column { title: "Sản phẩm".into(), fields: vec![ColumnField::Products] },
        Column {
            title: "Cơ quan thực hiện".into(),
            fields: vec![ColumnField::Leads, ColumnField::Coordinators, ColumnField::Synthesisers],
        },
        Column { title: "Thời gian".into(), fields: vec![ColumnField::Deadline] },
    ];
    let mut direction = appendix("04", "Công tác chỉ đạo, điều hành", "Sở Nội vụ", "Trước ngày 20/11/2022", "Sở Nội vụ");
    direction.columns = joined;
    direction.printed_title = Some(text("Công tác chỉ đạo, điều hành cải cách hành chính"));
    let mut checker = role("Sở Nội vụ");
    checker.label = Some("Cơ quan tổng hợp, kiểm tra".into());
    Content {
        appendices: vec![
            appendix("01", "Cải cách thể chế", "Sở Tư pháp", "Trước ngày 15/11/2022", "Sở Nội vụ"),
            appendix("02", "Cải cách thủ tục hành chính", "Văn phòng UBND tỉnh", "Trước ngày 15/11/2022", "Sở Nội vụ"),
            appendix("03", "Cải cách tổ chức bộ máy hành chính nhà nước", "Sở Nội vụ", "Trước ngày 20/11/2022", "Sở Nội vụ"),
            direction,
        ],
        tasks: vec![
            task(
                "TC-07",
                0,
                "Sửa quy định của UBND tỉnh về công tác thi đua, khen thưởng",
                Fields {
                    products: products(&["Quyết định của UBND tỉnh"]),
                    leads: roles(&["Ban Thi đua - Khen thưởng"]),
                    coordinators: roles(&["Các sở, ban, ngành cấp tỉnh", "UBND cấp huyện"]),
                    deadline: deadline(&[("", "Tháng 8/2022")]),
                    ..Fields::default()
                },
            ),
            task(
                "TC-08",
                0,
                "Xây dựng Đề án nâng chất lượng phổ biến, giáo dục pháp luật trên địa bàn tỉnh Thanh Hóa, giai đoạn 2022 - 2026",
                Fields {
                    products: products(&["Đề án trình Chủ tịch UBND tỉnh", "Báo cáo kết quả thực hiện"]),
                    leads: roles(&["Sở Tư pháp"]),
                    coordinators: roles(&["Các sở, ban, ngành cấp tỉnh", "UBND cấp huyện", "UBND cấp xã"]),
                    deadline: deadline(&[("", "Quý III/2022")]),
                    ..Fields::default()
                },
            ),
            task(
                "TTHC-02",
                1,
                "Giải quyết hồ sơ đúng hạn, xin lỗi khi trễ hẹn, số hóa kết quả giải quyết thủ tục hành chính",
                Fields {
                    products: products(&["Báo cáo kết quả thực hiện"]),
                    leads: roles(&["Trung tâm Phục vụ hành chính công tỉnh", "UBND cấp huyện", "UBND cấp xã"]),
                    coordinators: roles(&["Các cơ quan liên quan"]),
                    deadline: deadline(&[("Tổ chức thực hiện", "thường xuyên"), ("Báo cáo kết quả thực hiện", "định kỳ hằng quý")]),
                    targets: piece(vec![
                        target("dung-han", "tối thiểu 98% hồ sơ giải quyết đúng hạn"),
                        target("so-hoa", "100% kết quả được số hóa"),
                    ]),
                    ..Fields::default()
                },
            ),
            task(
                "TCBM-01",
                2,
                "Rà soát chức năng, nhiệm vụ của các phòng thuộc sở sau sắp xếp",
                Fields {
                    products: products(&["Báo cáo rà soát", "Quyết định của cơ quan có thẩm quyền (nếu có)"]),
                    leads: roles(&["Sở Nội vụ"]),
                    deadline: deadline(&[("", "Trước ngày 30/6/2022")]),
                    ..Fields::default()
                },
            ),
            task(
                "CĐ-01",
                3,
                "Xây dựng kế hoạch cải cách hành chính của từng ngành, từng địa phương",
                Fields {
                    products: products(&["Kế hoạch của các cơ quan, đơn vị"]),
                    leads: roles(&["Các sở, ban, ngành cấp tỉnh", "UBND cấp huyện"]),
                    coordinators: roles(&["Văn phòng UBND tỉnh"]),
                    synthesisers: piece(vec![checker]),
                    deadline: deadline(&[("", "Trước ngày 31/12/2021")]),
                    ..Fields::default()
                },
            ),
            task(
                "CĐ-02",
                3,
                "Kiểm tra công vụ tại các đơn vị",
                Fields {
                    leads: roles(&["Sở Nội vụ", "Thanh tra tỉnh"]), deadline: deadline(&[("", "Quý IV/2022")]), ..Fields::default()
                },
            ),
        ],
        targets: vec![
            target("hai-long", "tối thiểu 92% tổ chức, người dân, doanh nghiệp hài lòng với việc giải quyết thủ tục hành chính"),
            target("tu-chu", "có thêm 02 đơn vị sự nghiệp công lập tự chủ tài chính"),
        ],
        parts: sections,
    }
}

fn district_content() -> Content {
    let province = province_content();
    let mut amended = province.tasks[1].clone();
    amended.fields.content = piece("Triển khai Đề án nâng chất lượng phổ biến, giáo dục pháp luật trên địa bàn huyện Hoằng Hóa".to_owned());
    amended.fields.leads = roles(&["Phòng Tư pháp"]);
    amended.fields.deadline = Some(Piece {
        value: deadline(&[("", "Quý IV/2023")]).unwrap().value,
        origin: Origin {
            stated: at(3),
            steps: vec![
                Step { cause: Cause::Rule(Rule::YearShift), from: "2022".into(), to: "2023".into(), at: Some(at(2)), plan: PlanId::new(1) },
                Step { cause: Cause::Restated, from: "Quý III/2023".into(), to: "Quý IV/2023".into(), at: None, plan: PlanId::new(1) },
            ],
        },
    });
    amended.carries = vec![(PlanId::new(0), 1)];
    let split = |name: &str, content: &str| task(name, 1, content, Fields { leads: roles(&["Phòng Nội vụ"]), ..Fields::default() });
    let merged =
        task("TCBM-34", 1, "Rà soát bộ máy và xây dựng kế hoạch chung", Fields { leads: roles(&["Phòng Nội vụ"]), ..Fields::default() });
    let mut group = appendix("2", "Việc khác", "", "", "");
    group.group = true;
    let mut added = task(
        "BS-01",
        2,
        "Duy trì hệ thống quản lý chất lượng",
        Fields { leads: roles(&["Phòng Nội vụ"]), deadline: deadline(&[("", "Tháng 11/2023")]), ..Fields::default() },
    );
    added.fields.coordinators = roles(&["Phòng Tư pháp"]);
    Content {
        appendices: vec![
            appendix("01", "Cải cách thể chế", "Phòng Tư pháp", "Định kỳ hằng quý", ""),
            appendix("02", "Cải cách thủ tục hành chính", "Phòng Nội vụ", "", ""),
            group,
        ],
        tasks: vec![amended, split("TTHC-02a", "Số hóa kết quả"), split("TTHC-02b", "Xin lỗi khi trễ hẹn"), merged, added],
        targets: vec![target("hai-long", "tối thiểu 95% người dân hài lòng")],
        parts: vec![part(1, "I", "Nhiệm vụ", vec![part(4, "", "Thực hiện các nhiệm vụ tại Phụ lục kèm theo", vec![])])],
    }
}

fn statement(verb: Verb, reason: Option<&str>) -> Statement {
    Statement { verb, appendix: None, side: None, reason: reason.map(text), follows: Vec::new(), loc: at(4) }
}

fn refers(name: &str) -> TaskRef {
    TaskRef { plan: None, code: code(name) }
}

fn plan(name: &str, title: &str, header: Header) -> Plan {
    Plan {
        code: code(name),
        title: text(title),
        unit: None,
        level: None,
        header,
        misses_parent: false,
        parents: Vec::new(),
        appendices: Vec::new(),
        parts: Vec::new(),
        targets: Vec::new(),
        statements: Vec::new(),
        acceptances: Vec::new(),
        roll: crate::model::Roll::default(),
        generated: None,
        loc: at(1),
    }
}

fn province() -> Plan {
    plan(
        "TH-2022",
        "Cải cách hành chính năm 2022",
        Header {
            year: Some(2022),
            form: Some(Form::Decision),
            authority: Some(Authority::Chair),
            number: Some(text("5347/QĐ-UBND")),
            date: Date::new(2021, 12, 24),
            signer: vec!["CHỦ TỊCH".into(), "Đỗ Minh Tuấn".into()],
            bases: vec![
                text("Luật Tổ chức chính quyền địa phương ngày 19/6/2015"),
                text("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;"),
            ],
            proposed_by: Some(text("Giám đốc Sở Nội vụ tại Tờ trình số 1182/TTr-SNV ngày 16/12/2021")),
            effect: Some(text("kể từ ngày ký")),
            responsible: Some(text("Chánh Văn phòng UBND tỉnh; Giám đốc các sở; Chủ tịch UBND các huyện, thị xã, thành phố")),
            recipients: vec![text("Như Điều 3"), text("Bộ Nội vụ (để báo cáo)"), text("Lưu: VT")],
            ..Header::default()
        },
    )
}

fn district() -> Plan {
    let mut plan = plan(
        "HH-2023",
        "Cải cách hành chính năm 2023",
        Header {
            year: Some(2023),
            form: Some(Form::Plan),
            number: Some(text("…/KH-UBND")),
            date_text: Some(text("…/12/2022")),
            bases: vec![text("Quyết định số 5347/QĐ-UBND ngày 24/12/2021 của Chủ tịch UBND tỉnh")],
            ..Header::default()
        },
    );
    plan.parents = vec![ParentLink {
        plan: PlanId::new(0),
        kind: crate::model::ParentKind::Upper,
        years: Some((2022, 2023)),
        loc: at(2),
        years_loc: None,
    }];
    let waiver =
        Waiver { class: Some(WaiverClass::UpperCompetence), basis: Some(text("CẦN BỔ SUNG (điều, khoản)")), ..Waiver::default() };
    let patch =
        Fields { content: piece("Triển khai Đề án".to_owned()), deadline: deadline(&[("", "Quý IV/2023")]), ..Fields::default() };
    plan.statements = vec![
        statement(Verb::Waive { tasks: vec![refers("TC-07")], waiver }, Some("Việc này do UBND tỉnh quyết định.")),
        statement(
            Verb::Amend { from: refers("TC-08"), patch: Patch { code: code("TC-08"), fields: patch } },
            Some("Tỉnh xây dựng, huyện triển khai"),
        ),
        statement(Verb::Split { from: refers("TTHC-02"), into: vec![code("TTHC-02a"), code("TTHC-02b")] }, None),
        statement(Verb::Merge { from: vec![refers("TCBM-01"), refers("CĐ-01")], into: code("TCBM-34") }, None),
        statement(Verb::Inherit(vec![refers("CĐ-02")]), None),
        statement(Verb::Add(Patch { code: code("BS-01"), fields: Fields::default() }), None),
        statement(
            Verb::Targets {
                codes: vec![TaskRef { plan: None, code: code("hai-long") }],
                answer: crate::model::Answer::Amend(text("tối thiểu 95%")),
            },
            None,
        ),
    ];
    plan
}

/// Returns the two plans with their derivations.
pub(super) fn fixture() -> Fixture {
    let mut sources = Sources::default();
    sources.add(Source::new("ke-hoach.kh", "x\n".repeat(20)));
    let derivation = |plan: usize, content: Content| Derivation {
        plan: PlanId::new(plan),
        template: content.clone(),
        content,
        fates: Vec::new(),
        target_fates: Vec::new(),
        baselines: Vec::new(),
        decisions: Vec::new(),
        notes: Vec::new(),
    };
    let mut district_derivation = derivation(1, district_content());
    let carried = |statement, children: &[usize]| Outcome::Carried { statement, children: children.to_vec() };
    let outcomes =
        [Outcome::Waived { statement: 0 }, carried(1, &[0]), carried(2, &[1, 2]), carried(3, &[3]), carried(3, &[3]), Outcome::Unanswered];
    let fate = |(task, outcome)| Fate { parent: PlanId::new(0), task, outcome };
    district_derivation.fates = outcomes.into_iter().enumerate().map(fate).collect();
    district_derivation.target_fates = vec![TargetFate { parent: PlanId::new(0), code: code("hai-long"), outcome: carried(6, &[0]) }];
    let mut model = Model { registry: Registry::default(), plans: vec![province(), district()], handings: Vec::new() };
    place(&mut model);
    Fixture { model, derivations: vec![derivation(0, province_content()), district_derivation], sources }
}

/// Declares levels, the two units, an agency and a group of the district, and gives the units to their plans.
fn place(model: &mut Model) {
    let named = |text: &str| Named { text: text.into(), loc: at(1) };
    let upper = |names: &[&str]| names.iter().map(|name| (named(name), Validity::default())).collect();
    let level = |name: &str, under: &[&str]| LevelDecl { name: named(name), under: upper(under), validity: Validity::default() };
    let unit = |code: &str, name: &str, under: &[&str]| UnitDecl {
        code: named(code),
        name: named(name),
        other_names: Vec::new(),
        official_code: None,
        under: upper(under),
        validity: Validity::default(),
        successors: Vec::new(),
        predecessors: Vec::new(),
        basis: None,
    };
    let declarations = Declarations {
        levels: vec![level("tỉnh", &[]), level("huyện", &["tỉnh"])],
        units: vec![unit("THANH-HÓA", "tỉnh Thanh Hóa", &[]), unit("HOẰNG-HÓA", "huyện Hoằng Hóa", &["THANH-HÓA"])],
        agencies: vec![AgencyDecl {
            code: named("PTP"),
            name: named("Phòng Tư pháp"),
            level: Some(named("huyện")),
            under: Vec::new(),
            other_names: Vec::new(),
            validity: Validity::default(),
            successors: Vec::new(),
            basis: None,
        }],
        groups: vec![GroupDecl {
            name: named("Các phòng, ban, ngành cấp huyện"),
            other_names: Vec::new(),
            open: false,
            conversions: Vec::new(),
        }],
        ..Declarations::default()
    };
    model.registry = build(&declarations).0;
    let date = Date::first_of_year(2022);
    for (plan, code) in [(PROVINCE, "THANH-HÓA"), (DISTRICT, "HOẰNG-HÓA")] {
        model.plans[plan].unit = model.registry.find_unit(code, date);
    }
}

/// Returns an appendix of a plan's derived content, to be changed.
pub(super) fn appendix_mut(fixture: &mut Fixture, plan: usize, at: usize) -> &mut Appendix {
    &mut fixture.derivations[plan].content.appendices[at]
}
