//! Laws that hold for all input: order of days, rewriting, keys, and readers that never fail.

use kehoach::base::{Key, Year, clean};
use kehoach::diag::Code;
use kehoach::model::Outcome;
use kehoach::project;
use kehoach::value::{Citation, Deadline, Product, Target, Time, When, qualifiers, years};
use proptest::prelude::*;

/// Days, months, quarters and years in the styles of real documents.
fn point() -> impl Strategy<Value = String> {
    let year = 2019..2031i16;
    let padded = |n: u8, pad: bool| if pad { format!("{n:02}") } else { n.to_string() };
    prop_oneof![
        (1..=28u8, 1..=12u8, year.clone(), any::<bool>()).prop_map(move |(d, m, y, pad)| format!(
            "{}/{}/{y}",
            padded(d, pad),
            padded(m, pad)
        )),
        (1..=28u8, 1..=12u8, year.clone()).prop_map(|(d, m, y)| format!("ngày {d} tháng {m} năm {y}")),
        (1..=12u8, year.clone(), any::<bool>()).prop_map(move |(m, y, pad)| format!("Tháng {}/{y}", padded(m, pad))),
        (1..=12u8, year.clone()).prop_map(|(m, y)| format!("tháng {m} năm {y}")),
        (0..4usize, year.clone()).prop_map(|(q, y)| format!("Quý {}/ {y}", ["I", "II", "III", "IV"][q])),
        (0..4usize, year.clone()).prop_map(|(q, y)| format!("quý {} năm {y}", ["I", "II", "III", "IV"][q])),
        (0..4usize).prop_map(|q| format!("Quý {}", ["I", "II", "III", "IV"][q])),
        year.prop_map(|y| format!("năm {y}")),
    ]
}

/// Deadlines: points with what stands around them, lists, recurrences, prose.
fn deadline() -> impl Strategy<Value = String> {
    let front =
        prop::sample::select(vec!["", "Trước ", "Chậm nhất ", "Hoàn thành trước ", "Trong ", "Báo cáo kết quả: ", "- Kế hoạch: trước "]);
    let behind = prop::sample::select(vec![
        "",
        ".",
        " ban hành kế hoạch",
        " và triển khai trong năm",
        " (trừ kiểm tra đột xuất)",
        "; định kỳ hàng quý",
    ]);
    let joint = prop::sample::select(vec![", ", " và ", " - ", "; - ", ". - ", " đến "]);
    prop_oneof![
        (front, point(), behind).prop_map(|(front, point, behind)| format!("{front}{point}{behind}")),
        (point(), joint, point()).prop_map(|(a, joint, b)| format!("{a}{joint}{b}")),
        prop::sample::select(vec![
            "Thường xuyên",
            "Định kỳ 6 tháng, năm hoặc đột xuất",
            "Khi có hướng dẫn",
            "Giai đoạn 2021 - 2025",
            "Hàng quý, năm 2020"
        ])
        .prop_map(str::to_owned),
    ]
}

/// Text made of the words that the grammars look for, in any order, and of anything else.
fn soup() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "quý", "IV", "tháng", "12", "/", "2022", "-", "trước", "ngày", "(", ")", ";", ":", ".", ",", "%", "tối thiểu", "từ", "trở lên", "của",
            "Quyết định", "số", "24/2018/QĐ-UBND", "Luật", "trừ", "nếu có", "6", "đến", "năm", "so với", "giảm", "…", "và", "định kỳ", "trình",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    (prop::collection::vec(word, 0..14), prop::sample::select(vec![" ", ""])).prop_map(|(words, joint)| words.join(joint))
}

proptest! {
    #[test]
    fn the_first_day_is_never_after_the_last(text in deadline(), year in 2019..2031i16) {
        for entry in Deadline::parse(&[&text]).entries {
            let days = (entry.earliest(Some(year)), entry.latest(Some(year)));
            prop_assert_eq!(days.0.is_some(), days.1.is_some());
            prop_assert!(days.0 <= days.1, "{} {:?}", entry.text, days);
        }
    }

    #[test]
    fn every_generated_deadline_is_understood(text in deadline()) {
        for entry in Deadline::parse(&[&text]).entries {
            prop_assert_ne!(&entry.time, &Time::Unknown, "{}", entry.text);
        }
    }

    #[test]
    fn rewriting_by_identity_is_identity(text in prop_oneof![deadline(), soup()]) {
        for entry in Deadline::parse(&[&clean(&text)]).entries {
            prop_assert_eq!(entry.rewrite(|when| when), entry);
        }
    }

    #[test]
    fn years_move_there_and_back(text in deadline(), by in -5..6i16) {
        for entry in Deadline::parse(&[&text]).entries {
            let moved = entry.rewrite(|when| when.years_later(by));
            let named = |years: Vec<Option<Year>>, by: i16| years.into_iter().map(|y| y.map(|y| y + by)).collect::<Vec<_>>();
            let years = |e: &kehoach::value::Entry| e.moments.iter().map(|m| When::year(m.when)).collect::<Vec<_>>();
            prop_assert_eq!(years(&moved), named(years(&entry), by));
            prop_assert_eq!(moved.rewrite(|when| when.years_later(-by)), entry);
        }
    }

    #[test]
    fn a_deadline_means_the_same_as_itself_with_a_stop(text in deadline()) {
        let read = Deadline::parse(&[&text]);
        prop_assert!(read.same_as(&read.clone()), "{}", text);
        let stopped = format!("{}.", text.trim_end_matches('.'));
        prop_assert!(read.same_as(&Deadline::parse(&[&stopped])), "{}", stopped);
    }

    #[test]
    fn readers_take_any_text(text in prop_oneof![soup(), any::<String>()]) {
        for text in [text.clone(), clean(&text).into_owned()] {
            let read = Deadline::parse(&[&text]);
            prop_assert!(!read.entries.is_empty());
            for entry in &read.entries {
                let _ = (entry.steps(), entry.event(), entry.authority(), entry.exception(), entry.route());
            }
            for cited in Citation::find(&text) {
                let _ = (&text[cited.range()], cited.symbol_fault(), cited.year_contradicts_date());
            }
            let target = Target::parse("", &text);
            if let Some(measure) = &target.measure {
                prop_assert!(target.text.get(measure.range()).is_some());
            }
            let _ = (target.is_bare(), target.with_measure(&Target::parse("", "tối thiểu 95%")), Product::parse_list(&text));
            prop_assert!(qualifiers(&text).iter().all(|q| text.get(q.range()).is_some()));
            prop_assert!(years(&text).iter().all(|y| text[y.range()].parse() == Ok(y.year)));
        }
    }

    #[test]
    fn a_key_of_a_key_is_the_key(text in prop_oneof![any::<String>(), soup(), "[a-zA-ZđĐ .;-]{0,12}[oOuUqQ][aàáảãạeèéẻẽẹyỳýỷỹỵ]{1,2}[ a-z]{0,4}"]) {
        let key = Key::new(&text);
        prop_assert_eq!(&Key::new(key.as_str()), &key);
    }

    #[test]
    fn composed_and_decomposed_text_have_one_key(text in "[ a-zA-ZàáảãạăâèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵđĐƯỨƠ-]{0,24}") {
        use unicode_normalization::UnicodeNormalization;
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(Key::new(&decomposed), Key::new(&text));
    }

    #[test]
    fn either_place_of_a_tone_is_one_key(front in "[bcdhkt]", pair in prop::sample::select(vec![("òa", "oà"), ("óa", "oá"), ("ỏe", "oẻ"), ("ũy", "uỹ"), ("ụy", "uỵ")])) {
        prop_assert_eq!(Key::new(&format!("{front}{} bình", pair.0)), Key::new(&format!("{front}{} bình", pair.1)));
    }
}

const REGISTRY: &str = include_str!("cases/prelude.kh");

/// The province's tasks, `T-0` to `T-5`.
const TASKS: usize = 6;

/// A verb of a child plan: what it does, and the tasks that it names. Tasks beyond the parent's do not exist there.
#[derive(Debug, Clone)]
enum Answer {
    Inherit(Vec<usize>),
    Amend(usize),
    /// Whether the results are written.
    Split(usize, bool),
    Merge(Vec<usize>, bool),
    /// Whether there is a reason.
    Waive(Vec<usize>, bool),
}

fn answer() -> impl Strategy<Value = Answer> {
    // now and then a task that the parent does not have
    let task = || prop_oneof![9 => 0..TASKS, 1 => TASKS..TASKS + 2];
    let list = move || prop::collection::vec(task(), 1..4);
    prop_oneof![
        3 => list().prop_map(Answer::Inherit),
        2 => task().prop_map(Answer::Amend),
        1 => (task(), any::<bool>()).prop_map(|(task, written)| Answer::Split(task, written)),
        1 => (list(), any::<bool>()).prop_map(|(tasks, written)| Answer::Merge(tasks, written)),
        2 => (list(), any::<bool>()).prop_map(|(tasks, reason)| Answer::Waive(tasks, reason)),
    ]
}

fn province() -> String {
    let mut out = String::from("KẾ HOẠCH TH: Kế hoạch\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2022\nPHỤ LỤC 01: Chung\n");
    for task in 0..TASKS {
        out.push_str(&format!("NHIỆM VỤ T-{task}: Việc số {task}\nSản phẩm: Báo cáo {task}\nCơ quan chủ trì: Sở Nội vụ\n"));
    }
    out
}

fn district(answers: &[Answer]) -> String {
    let codes = |tasks: &[usize]| tasks.iter().map(|task| format!("T-{task}")).collect::<Vec<_>>().join(", ");
    let mut out = String::from("KẾ HOẠCH HH: Kế hoạch\nĐơn vị: huyện Hoằng Hóa\nNăm: 2022\nTheo: TH\n");
    for (at, answer) in answers.iter().enumerate() {
        out.push_str(&match answer {
            Answer::Inherit(tasks) => format!("KẾ THỪA {}\n", codes(tasks)),
            Answer::Amend(task) => format!("SỬA ĐỔI T-{task}: Việc sửa {at}\n"),
            Answer::Split(task, written) => {
                let results = format!("NHIỆM VỤ S-{at}: Việc tách {at}\nNHIỆM VỤ S-{at}b: Việc tách sau {at}\n");
                format!("TÁCH T-{task} THÀNH S-{at}, S-{at}b\n{}", if *written { results.as_str() } else { "" })
            }
            Answer::Merge(tasks, written) => {
                let result = format!("NHIỆM VỤ G-{at}: Việc gộp {at}\n");
                format!("GỘP {} THÀNH G-{at}\n{}", codes(tasks), if *written { result.as_str() } else { "" })
            }
            Answer::Waive(tasks, reason) => {
                format!("KHÔNG ÁP DỤNG {}\nLoại: đã hoàn thành\n{}", codes(tasks), if *reason { "Lý do: Đã xong\n" } else { "" })
            }
        });
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_parent_task_has_one_fate_carried_waived_or_reported(answers in prop::collection::vec(answer(), 0..8)) {
        let child = district(&answers);
        let files = [("db.kh", REGISTRY.to_owned()), ("th.kh", province()), ("hh.kh", child.clone())];
        let compiled = project::check_sources(files.map(|(name, text)| (name.to_owned(), text)).to_vec());
        let parent = compiled.model.find("TH").expect("the parent");
        let derivation = &compiled.derivations[compiled.model.find("HH").expect("the child").index()];
        let tasks: Vec<usize> = derivation.fates.iter().map(|fate| fate.task).collect();
        prop_assert_eq!(tasks, (0..TASKS).collect::<Vec<_>>(), "{}", &child);
        for fate in &derivation.fates {
            let code = format!("T-{}", fate.task);
            let about = |place: Option<&str>| place == Some(code.as_str());
            // TÁCH and GỘP without results are reported at the result
            let answers_without_result = answers.iter().enumerate().find_map(|(at, answer)| match answer {
                Answer::Split(task, false) if *task == fate.task => Some(format!("S-{at}")),
                Answer::Merge(tasks, false) if tasks.contains(&fate.task) => Some(format!("G-{at}")),
                _ => None,
            });
            let errors: Vec<Code> = compiled
                .findings
                .iter()
                .filter(|finding| finding.subject.plan.as_deref() == Some("HH"))
                .filter(|finding| {
                    let place = finding.subject.place.as_deref();
                    match finding.code {
                        Code::KH3001 | Code::KH3002 | Code::KH3004 => about(place),
                        Code::KH3017 => place.is_some() && place == answers_without_result.as_deref(),
                        _ => false,
                    }
                })
                .map(|finding| finding.code)
                .collect();
            let carriers: Vec<usize> = (0..derivation.content.tasks.len())
                .filter(|at| derivation.content.tasks[*at].carries.contains(&(parent, fate.task)))
                .collect();
            match &fate.outcome {
                Outcome::Carried { children, .. } => {
                    prop_assert!(!children.is_empty() && *children == carriers, "{} {:?}\n{}", &code, children, &child);
                    prop_assert!(errors.is_empty(), "{} {:?}\n{}", &code, &errors, &child);
                }
                Outcome::Waived { .. } | Outcome::Finished { .. } => {
                    prop_assert!(carriers.is_empty() && errors.is_empty(), "{} {:?}\n{}", &code, &errors, &child);
                }
                Outcome::Unanswered => {
                    prop_assert!(carriers.is_empty(), "{}\n{}", &code, &child);
                    let expected = if answers_without_result.is_some() { Code::KH3017 } else { Code::KH3001 };
                    prop_assert_eq!(&errors, &vec![expected], "{}\n{}", &code, &child);
                }
                Outcome::Unreasoned { .. } => {
                    prop_assert!(carriers.is_empty(), "{}\n{}", &code, &child);
                    prop_assert_eq!(&errors, &vec![Code::KH3004], "{}\n{}", &code, &child);
                }
                Outcome::Repeated { children, .. } => {
                    prop_assert_eq!(children, &carriers, "{}\n{}", &code, &child);
                    prop_assert!(errors.contains(&Code::KH3002), "{} {:?}\n{}", &code, &errors, &child);
                }
            }
        }
    }
}
