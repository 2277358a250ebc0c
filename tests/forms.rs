//! Every form of a deadline, product, target and waiver that real plans use is read into the type that `forms/forms.csv` names.
//!
//! The table holds one row per form: field, form, an example, what it must mean in a short notation, the plan year, and the first and last
//! day in that year. The rows of agencies name what a reader of lists must find and are read in the agency room.

use std::fmt::Write as _;

use kehoach::base::{Date, Year, clean};
use kehoach::value::{
    Authority, Bound, Comparator, Deadline, Entry, Period, Product, ProductKind, QualifierKind, Target, Time, When, qualifiers,
};

/// One row of the table.
struct Form {
    field: String,
    form: String,
    example: String,
    expected: String,
    plan_year: Option<Year>,
    earliest: String,
    latest: String,
}

fn forms() -> Vec<Form> {
    let text =
        std::fs::read_to_string(std::env::var("FORMS").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/forms/forms.csv").into()))
            .expect("the table is there");
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row of the table"));
    rows.map(|row| {
        let cell = |at: usize| row.get(at).unwrap_or("").to_owned();
        Form {
            field: cell(0),
            form: cell(1),
            example: cell(2),
            expected: cell(3),
            plan_year: cell(4).parse().ok(),
            earliest: cell(5),
            latest: cell(6),
        }
    })
    .collect()
}

#[test]
fn every_form_is_read_into_its_type() {
    let mut wrong = String::new();
    for form in forms() {
        let text = clean(&form.example);
        let found = match form.field.as_str() {
            "deadline" => deadline(&Deadline::parse(&[&text])),
            "product" => Product::parse_list(&text).iter().map(product).collect::<Vec<_>>().join(" + "),
            "target" => target(&Target::parse("", &text)),
            "waiver" => {
                qualifiers(&text).iter().map(|q| format!("{}[{}]", qualifier(q.kind), &text[q.range()])).collect::<Vec<_>>().join(" + ")
            }
            _ => continue,
        };
        if found != form.expected {
            let _ = writeln!(wrong, "{} {}: {}\n  expected {}\n  found    {found}", form.field, form.form, form.example, form.expected);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_deadline_form_has_the_days_of_its_plan_year() {
    let mut wrong = String::new();
    for form in forms().iter().filter(|form| form.field == "deadline") {
        let read = Deadline::parse(&[&clean(&form.example)]);
        let days = [read.earliest(form.plan_year), read.latest(form.plan_year)].map(|day| day.map(Date::iso).unwrap_or_default());
        if days != [form.earliest.clone(), form.latest.clone()] {
            let _ = writeln!(wrong, "{}: expected {} to {}, found {days:?}", form.example, form.earliest, form.latest);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_table_holds_all_forms() {
    let count = |field: &str| forms().iter().filter(|form| form.field == field).count();
    let counts = ["deadline", "agency", "product", "target", "waiver"].map(count);
    assert_eq!(counts, [49, 31, 14, 22, 14]);
}

fn deadline(deadline: &Deadline) -> String {
    deadline.entries.iter().map(entry).collect::<Vec<_>>().join("; ")
}

fn entry(entry: &Entry) -> String {
    let mut out = entry.of.as_ref().map(|of| format!("{of} => ")).unwrap_or_default();
    let _ = match &entry.time {
        Time::Conditional | Time::After => {
            let word = if entry.time == Time::After { "after" } else { "when" };
            write!(out, "{word}({})", entry.event().unwrap_or(""))
        }
        Time::External => match entry.authority() {
            Some(Authority::Guidance(bodies)) => write!(out, "guided by({bodies})"),
            Some(Authority::Document(cited)) => write!(out, "document({})", cited.number.unwrap_or_default()),
            Some(Authority::Law) => write!(out, "law"),
            Some(Authority::Assignment) => write!(out, "assignment"),
            Some(Authority::Other(words)) => write!(out, "other({words})"),
            None => write!(out, "nobody"),
        },
        Time::Remark => write!(out, "remark"),
        Time::Unknown => write!(out, "unknown"),
        Time::Point { .. } | Time::Range { .. } | Time::Within(_) | Time::Continuous(_) | Time::Recurrent { .. } => {
            let steps = entry.steps().into_iter().map(|step| match step.act.as_str() {
                "" => time(&step.time),
                act => format!("[{act}] {}", time(&step.time)),
            });
            let steps = steps.collect::<Vec<_>>();
            let whole = if steps.len() > 1 { format!("{} = ", time(&entry.time)) } else { String::new() };
            write!(out, "{whole}{}", steps.join(", "))
        }
    };
    if let Some(exception) = entry.exception() {
        let _ = write!(out, " except({exception})");
    }
    if let Some(route) = entry.route() {
        let _ = write!(out, " route(to={} via={} of={})", route.to.unwrap_or_default(), route.via, route.of.unwrap_or_default());
    }
    out
}

fn time(time: &Time) -> String {
    let year = |year: &Option<Year>| year.map_or("plan".to_owned(), |y| y.to_string());
    match time {
        Time::Point { when: point, bound } => {
            let word = match bound {
                Bound::By => "by",
                Bound::Before => "before",
                Bound::Latest => "latest",
            };
            format!("{word}({})", when(*point))
        }
        Time::Range { from, to } => format!("range({}..{})", when(*from), when(*to)),
        Time::Within(y) => format!("within({})", year(y)),
        Time::Continuous(y) => format!("continuous({})", year(y)),
        Time::Recurrent { every, on_demand, within } => {
            let mut parts: Vec<String> = every.iter().map(|p| period(*p).to_owned()).collect();
            parts.extend(on_demand.then(|| "demand".to_owned()));
            parts.extend(within.map(|y| format!("within {y}")));
            format!("every({})", parts.join(" "))
        }
        Time::Conditional => "when".to_owned(),
        Time::After => "after".to_owned(),
        Time::External => "external".to_owned(),
        Time::Remark => "remark".to_owned(),
        Time::Unknown => "unknown".to_owned(),
    }
}

fn period(period: Period) -> &'static str {
    match period {
        Period::Month => "month",
        Period::Quarter => "quarter",
        Period::HalfYear => "half",
        Period::NineMonths => "9m",
        Period::Year => "year",
        Period::Unspecified => "?",
    }
}

fn when(when: When) -> String {
    let year = |year: Option<Year>| year.map(|y| format!("{y}-")).unwrap_or_default();
    match when {
        When::Day(day) => day.iso(),
        When::DayOf(m, d) => format!("{m:02}-{d:02}"),
        When::Month(y, m) => format!("{}{m:02}", year(y)),
        When::Quarter(y, q) => format!("{}Q{q}", year(y)),
        When::Year(y) => y.to_string(),
    }
}

fn product(product: &Product) -> String {
    let kind = match product.kind {
        ProductKind::Document => "document",
        ProductKind::Report => "report",
        ProductKind::Submission => "submission",
        ProductKind::Activity => "activity",
        ProductKind::State => "state",
        ProductKind::External => "external",
    };
    let mut parts = vec![kind.to_owned()];
    parts.extend(product.issuer.as_ref().map(|by| format!("by={by}")));
    parts.extend(product.submitted_to.as_ref().map(|to| format!("to={to}")));
    parts.extend(product.optional.then(|| "optional".to_owned()));
    parts.join(" ")
}

fn target(target: &Target) -> String {
    let Some(measure) = &target.measure else { return "qualitative".to_owned() };
    let sign = match measure.comparator {
        Comparator::AtLeast => ">=",
        Comparator::MoreThan => ">",
        Comparator::Exactly => "=",
        Comparator::AtMost => "<=",
        Comparator::LessThan => "<",
        Comparator::IncreaseBy => "up by",
        Comparator::DecreaseBy => "down by",
        Comparator::None => "none",
    };
    let mut parts = vec![sign.to_owned()];
    parts.extend(measure.value.map(|v| if v % 1000 == 0 { (v / 1000).to_string() } else { format!("{}.{:03}", v / 1000, v % 1000) }));
    parts.extend((!measure.unit.is_empty()).then(|| measure.unit.clone()));
    parts.extend(measure.base.map(|y| format!("vs {y}")));
    format!("{} <{}>", parts.join(" "), &target.text[measure.range()])
}

fn qualifier(kind: QualifierKind) -> &'static str {
    match kind {
        QualifierKind::Exception => "exception",
        QualifierKind::IfAny => "if any",
        QualifierKind::Eligible => "eligible",
        QualifierKind::StillValid => "still valid",
        QualifierKind::InScope => "in scope",
        QualifierKind::NotInScope => "not in scope",
        QualifierKind::ByCompetence => "by competence",
        QualifierKind::ByRule => "by rule",
        QualifierKind::ByRuleOf => "by rule of",
        QualifierKind::Some => "some",
        QualifierKind::Amendment => "amendment",
        QualifierKind::Condition => "condition",
        QualifierKind::Replaces => "replaces",
    }
}
