//! Who follows whom: each question of the tables in `facts/`, asked of the registry of Thanh Hóa and of the command `agency`.

mod support;

use kehoach::agency::{Body, Registry, Successor, UnitId};
use kehoach::base::Date;
use kehoach::cli::{Status, World, run};
use kehoach::project;

/// A question (who, sector, date, to which level) and its answers.
struct Question {
    name: String,
    sector: String,
    date: Date,
    to: String,
    answers: Vec<String>,
}

fn table(file: &str) -> Vec<Question> {
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts").join(file)).expect("the table");
    let names = reader.headers().expect("a head").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("a row");
        let cell = |name: &str| names.iter().position(|known| known == name).map_or("", |at| &row[at]).to_owned();
        let answers = cell("answer").split('|').filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let date = Date::try_from(cell("date")).expect("a day");
        Question { name: cell("name"), sector: cell("sector"), date, to: cell("to"), answers }
    });
    rows.collect()
}

/// The files of the registry alone: no question needs the plans.
fn files() -> Vec<(String, String)> {
    let files = support::corpus("thanh-hoa").into_iter();
    files.filter(|(name, _)| name.starts_with("don-vi") || ["danh-ba.kh", "sap-xep-2025.kh"].contains(&name.as_str())).collect()
}

fn registry() -> Registry {
    project::check_sources(files()).model.registry
}

fn names_of(registry: &Registry, bodies: impl IntoIterator<Item = Body>) -> Vec<String> {
    bodies.into_iter().map(|body| registry.name_of(body, None)).collect()
}

/// Answers with the agencies of the same level.
fn followed(registry: &Registry, question: &Question) -> Vec<String> {
    let sector = registry.find_sector(&question.sector);
    let bodies = registry.look_up(&question.name);
    let [Body::Agency(id)] = bodies.iter().map(|found| found.body).collect::<Vec<_>>()[..] else {
        // a name that two levels have: the one that came to its end
        let mut ended = bodies.iter().filter(|found| found.validity.to.is_some()).map(|found| found.body);
        let Some(Body::Agency(id)) = ended.next_back() else { return vec!["?".into()] };
        return answer(registry, registry.successor(id, sector, question.date));
    };
    answer(registry, registry.successor(id, sector, question.date))
}

fn answer(registry: &Registry, successor: Successor) -> Vec<String> {
    match successor {
        Successor::Same => vec!["=".into()],
        Successor::One(id, _) => vec![registry.agency(id).name.clone()],
        Successor::Several(heirs) => names_of(registry, heirs.into_iter().map(|heir| heir.body)),
        Successor::None => Vec::new(),
    }
}

/// Answers with those who can take the work over at another level.
fn taken(registry: &Registry, question: &Question) -> Vec<String> {
    let sector = registry.find_sector(&question.sector);
    let level = registry.find_level(&question.to).expect("a level");
    let found = registry.look_up(&question.name);
    let void = found.into_iter().map(|found| found.body).find(|body| registry.void_level_of(*body, question.date).is_some());
    let takers = void.map(|body| registry.takers(body, sector, level, question.date)).unwrap_or_default();
    names_of(registry, takers.into_iter().map(|heir| heir.body))
}

/// Answers with the units that have the territory.
fn of_unit(registry: &Registry, question: &Question) -> Vec<String> {
    let before: Vec<UnitId> = registry.units_named(&question.name);
    let first = before.into_iter().min_by_key(|id| registry.unit(*id).validity.to.unwrap_or(Date::last_of_year(9999))).expect("a unit");
    let heirs = registry.unit_successors(first, question.date);
    heirs.iter().map(|heir| if heir.unit == first { "=".into() } else { registry.unit(heir.unit).name.clone() }).collect()
}

#[test]
fn the_registry_answers_each_question_as_the_table_says() {
    let registry = registry();
    let mut faults = Vec::new();
    for question in table("successors.csv") {
        let sector = &question.sector;
        assert!(sector.is_empty() || registry.find_sector(sector).is_some(), "{sector}");
        let said = match question.to.as_str() {
            "" => followed(&registry, &question),
            "unit" => of_unit(&registry, &question),
            _ => taken(&registry, &question),
        };
        if said != question.answers {
            faults.push(format!("{} ({sector}) {} {}: {said:?}", question.name, question.date, question.to));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_commune_of_hoang_hoa_is_followed_by_the_commune_of_the_table() {
    let registry = registry();
    let questions = table("successors-communes.csv");
    assert_eq!(questions.len(), 37);
    for question in &questions {
        assert_eq!(of_unit(&registry, question), question.answers, "{}", question.name);
    }
    // one mark apart, and not one commune
    let day = Date::first_of_year(2026);
    let followed = |name: &str| registry.unit_successors(registry.units_named(name)[0], day)[0].unit;
    assert_ne!(followed("xã Hoằng Quý"), followed("xã Hoằng Quỳ"));
    assert_ne!(followed("xã Hoằng Thành"), followed("xã Hoằng Thanh"));
}

#[test]
fn the_166_communes_come_of_all_that_were_there_on_the_day_before() {
    let registry = registry();
    let (before, after) = (Date::new(2025, 6, 30).unwrap(), Date::new(2025, 7, 1).unwrap());
    let province = registry.find_unit("tỉnh Thanh Hóa", after).unwrap();
    let communes = registry.units_below(province, after);
    assert_eq!(communes.len(), 166);
    assert_eq!(communes.iter().filter(|id| registry.unit(**id).kind == "phường").count(), 19);
    let xa = registry.find_level("xã").unwrap();
    let there = registry.units().filter(|(_, unit)| unit.level == xa && unit.validity.holds(before));
    let lost: Vec<&str> =
        there.filter(|(id, _)| registry.unit_successors(*id, after).is_empty()).map(|(_, unit)| unit.name.as_str()).collect();
    assert_eq!(lost, [""; 0]);
    // a territory that went to two, each in part
    let split = registry.find_unit("phường Đông Thọ", before).unwrap();
    let heirs: Vec<(&str, bool)> =
        registry.unit_successors(split, after).iter().map(|heir| (registry.unit(heir.unit).name.as_str(), heir.part)).collect();
    assert_eq!(heirs, [("phường Hàm Rồng", true), ("phường Hạc Thành", true)]);
    // 27 districts in 2023, each followed by communes; none in 2026
    let in_2023 = Date::first_of_year(2023);
    let districts = registry.units_below(province, in_2023);
    assert_eq!(districts.len(), 27);
    assert!(districts.iter().all(|id| !registry.unit_successors(*id, after).is_empty()));
    let district = registry.find_unit("huyện Hoằng Hóa", in_2023).unwrap();
    assert_eq!(registry.units_below(district, in_2023).len(), 37);
}

#[test]
fn provinces_that_were_joined_are_followed_by_those_that_took_them_in() {
    let day = Date::new(2025, 7, 1).unwrap();
    for (project, before, after) in [
        ("dak-nong", "tỉnh Đắk Nông", "tỉnh Lâm Đồng"),
        ("quang-ngai", "tỉnh Kon Tum", "tỉnh Quảng Ngãi"),
        ("quang-ngai", "tỉnh Quảng Ngãi", "tỉnh Quảng Ngãi"),
        ("thai-nguyen", "tỉnh Bắc Kạn", "tỉnh Thái Nguyên"),
        ("thai-nguyen", "tỉnh Thái Nguyên", "tỉnh Thái Nguyên"),
    ] {
        let files = support::corpus(project).into_iter().filter(|(name, _)| name == "danh-ba.kh").collect();
        let registry = project::check_sources(files).model.registry;
        let heirs = registry.unit_successors(registry.units_named(before)[0], day);
        let names: Vec<&str> = heirs.iter().map(|heir| registry.unit(heir.unit).name.as_str()).collect();
        assert_eq!(names, [after], "{before}");
    }
}

#[test]
fn the_command_agency_answers_each_question() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in files().into_iter().chain([("kehoach.toml".to_owned(), String::new())]) {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let root = dir.path().display().to_string();
    // names that two levels bear are answered twice
    for question in table("successors.csv").iter().filter(|one| one.name != "Phòng Kinh tế, Hạ tầng và Đô thị") {
        let date = question.date.to_string();
        let mut line = vec!["kehoach", "agency", &question.name, "--date", &date, "--project", &root];
        if !question.sector.is_empty() {
            line.extend(["--sector", &question.sector]);
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
        let status = run(line.into_iter().map(Into::into).collect(), world);
        assert_eq!(status, Status::Clean, "{}", String::from_utf8_lossy(&err));
        let said = String::from_utf8_lossy(&out);
        let opens = if question.to.is_empty() || question.to == "unit" {
            "  Kế tục".to_owned()
        } else {
            format!("  Sang cấp {}", question.to)
        };
        let answers: Vec<&str> = said
            .lines()
            .filter(|line| line.starts_with(&opens))
            .filter_map(|line| line.split_once(": ")?.1.split_once(" [").map(|(name, _)| name))
            .collect();
        let wanted: Vec<&str> = question.answers.iter().map(String::as_str).filter(|one| *one != "=").collect();
        assert_eq!(answers, wanted, "{} ({}) {date}\n{said}", question.name, question.sector);
    }
}
