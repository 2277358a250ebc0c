//! What all views of one plan need: the plan, its content, who issues it and in which form.

use super::numbering::roman;
use super::wording::{BLANK, blanks, lower_first, printed};
use crate::agency::{Registry, Unit};
use crate::base::{Date, Key};
use crate::derive::{Content, Derivation};
use crate::model::{Appendix, Authority, Column, Form, Header, Layout, Model, Plan, PlanId, Task};

/// A plan with all that is decided once for its whole document.
pub(super) struct Standing<'a> {
    pub(super) registry: &'a Registry,
    pub(super) plan: &'a Plan,
    pub(super) content: &'a Content,
    /// The unit whose plan it is; `None` where it is not known.
    pub(super) unit: Option<&'a Unit>,
    pub(super) form: Form,
    /// `Trình bày` of the plan or of the nearest parent that states one.
    pub(super) layout: Layout,
    pub(super) authority: Authority,
    /// `Cột` of the plan or of the nearest parent that states one.
    pub(super) columns: &'a [Column],
}

impl<'a> Standing<'a> {
    /// Collects what is stated, here or by a parent.
    pub(super) fn new(model: &'a Model, derivation: &'a Derivation) -> Self {
        let plan = model.plan(derivation.plan);
        let form = inherited(model, derivation.plan, |header| header.form).unwrap_or_default();
        // a plan issued directly is the committee's own and signed TM.; a decision is the chair's, unless the plan says otherwise
        let usual = if form == Form::Plan { Authority::Committee } else { Authority::Chair };
        Self {
            registry: &model.registry,
            plan,
            content: &derivation.content,
            unit: plan.unit.map(|unit| model.registry.unit(unit)),
            form,
            layout: inherited(model, derivation.plan, |header| header.layout).unwrap_or_default(),
            authority: plan.header.authority.unwrap_or(usual),
            columns: inherited(model, derivation.plan, |header| (!header.columns.is_empty()).then_some(header.columns.as_slice()))
                .unwrap_or_default(),
        }
    }

    /// Returns the unit's name with its type word (`tỉnh Thanh Hóa`), or a blank.
    pub(super) fn unit_name(&self) -> String {
        self.unit.map_or_else(|| BLANK.to_owned(), |unit| unit.name.clone())
    }

    /// Returns the unit's name without its type word: the place of issue, or a blank.
    pub(super) fn proper_name(&self) -> String {
        self.unit.map_or_else(|| BLANK.to_owned(), |unit| unit.proper.clone())
    }

    /// Returns who issues, written out (`Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa`).
    pub(super) fn issuer(&self) -> String {
        let committee = format!("Ủy ban nhân dân {}", self.unit_name());
        match self.authority {
            Authority::Chair => format!("Chủ tịch {committee}"),
            Authority::Committee => committee,
        }
    }

    /// Returns in whose name a decision is made, in capitals.
    pub(super) fn authority_line(&self) -> String {
        self.issuer().to_uppercase()
    }

    /// Returns to whom bodies report (`Chủ tịch UBND tỉnh`).
    pub(super) fn reported_to(&self) -> String {
        let committee = self.unit.map_or_else(|| "UBND".to_owned(), |unit| format!("UBND {}", unit.kind));
        match self.authority {
            Authority::Chair => format!("Chủ tịch {committee}"),
            Authority::Committee => committee,
        }
    }

    /// Returns the type of the document that is signed.
    pub(super) fn kind(&self) -> &'static str {
        match self.form {
            Form::Decision => "Quyết định",
            Form::Plan => "Kế hoạch",
        }
    }

    /// Returns the plan's subject without its type word (`Cải cách hành chính năm 2022`).
    pub(super) fn subject(&self) -> String {
        let title = printed(&self.plan.title.value);
        let stripped = ["Kế hoạch ", "KẾ HOẠCH "].iter().find_map(|kind| title.strip_prefix(kind));
        super::wording::upper_first(stripped.unwrap_or(&title))
    }

    /// Returns the plan as sentences name it (`Kế hoạch cải cách hành chính năm 2022`).
    pub(super) fn named(&self) -> String {
        format!("Kế hoạch {}", lower_first(&self.subject()))
    }

    /// Returns number and symbol with visible blanks; a number below 10 has two digits.
    pub(super) fn number(&self) -> String {
        let symbol = match self.form {
            Form::Decision => "QĐ-UBND",
            Form::Plan => "KH-UBND",
        };
        let Some(number) = self.plan.header.number.as_ref().map(|number| number.value.trim()).filter(|number| !number.is_empty()) else {
            return format!("{BLANK}/{symbol}");
        };
        if number.starts_with('/') {
            return format!("{BLANK}{number}");
        }
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 1 && !number.starts_with('0') { format!("0{number}") } else { printed(&blanks(number)) }
    }

    /// Returns day, month and year of issue as printed (`05`, `01`, `2022`), blanks where they are open.
    pub(super) fn date(&self) -> [String; 3] {
        if let Some(date) = self.plan.header.date {
            return day_month_year(date);
        }
        let text = self.plan.header.date_text.as_ref().map(|text| text.value.replace("...", "…")).unwrap_or_default();
        let mut parts: Vec<&str> = text.split(['/', '-']).map(str::trim).collect();
        // `12/2022`: the day is still open
        if parts.len() == 2 {
            parts.insert(0, "");
        }
        let part = |at: usize| parts.get(at).copied().unwrap_or("").trim_matches(['…', '.', '_', ' ']);
        let padded = |text: &str, below: u8| match text.parse::<u8>() {
            Ok(number) if number < below => format!("{number:02}"),
            Ok(number) => number.to_string(),
            Err(_) => BLANK.to_owned(),
        };
        let year = if part(2).len() == 4 && part(2).bytes().all(|b| b.is_ascii_digit()) { part(2).to_owned() } else { BLANK.to_owned() };
        [padded(part(0), 10), padded(part(1), 3), year]
    }

    /// Returns `Quyết định số 5347/QĐ-UBND ngày 24/12/2021 của …`; while part of the date is open, `ngày …… tháng 12 năm 2022`.
    pub(super) fn citation(&self) -> String {
        let [day, month, year] = self.date();
        let date = match self.plan.header.date {
            Some(_) => format!("{day}/{month}/{year}"),
            None => format!("{day} tháng {month} năm {year}"),
        };
        format!("{} số {} ngày {date} của {}", self.kind(), self.number(), self.issuer())
    }

    /// Returns the years that the plan is for, as titles write them (`năm 2022`); empty where none is stated.
    pub(super) fn years(&self) -> String {
        let header = &self.plan.header;
        match (header.period, header.year) {
            (Some((first, last)), _) => format!("giai đoạn {first} - {last}"),
            (None, Some(year)) => format!("năm {year}"),
            (None, None) => String::new(),
        }
    }

    /// Returns the tasks of an appendix in printed order.
    pub(super) fn tasks(&self, appendix: Option<usize>) -> impl Iterator<Item = &'a Task> {
        self.content.tasks.iter().filter(move |task| task.appendix == appendix)
    }

    /// Says whether the narrative prints the tasks of an appendix or group, and no table. Score tables are always tables.
    pub(super) fn in_body(&self, appendix: &Appendix) -> bool {
        match self.layout {
            Layout::InPlan => appendix.scores.is_none(),
            Layout::List => false,
            Layout::Appendices | Layout::Scores => appendix.group,
        }
    }

    /// Returns the appendices that are printed as such, with their index: not those in the narrative, not the empty ones.
    pub(super) fn printed_appendices(&self) -> Vec<(usize, &'a Appendix)> {
        let all = self.content.appendices.iter().enumerate();
        all.filter(|(at, appendix)| !self.in_body(appendix) && self.tasks(Some(*at)).next().is_some()).collect()
    }

    /// Returns how an appendix is called in captions and sentences: `Phụ lục I`, `Danh mục 02`, or `Phụ lục` where it is alone; a group by its title.
    pub(super) fn caption(&self, index: usize) -> String {
        let Some(appendix) = self.content.appendices.get(index) else { return String::new() };
        if self.in_body(appendix) {
            return printed(&appendix.title.value);
        }
        if self.layout == Layout::List {
            return self.list_caption(Some(appendix));
        }
        let called = appendix.called.as_deref().map_or_else(|| "Phụ lục".to_owned(), printed);
        if let Some(number) = &appendix.printed_number {
            return if is_unnumbered(number) { called } else { format!("{called} {}", printed(number)) };
        }
        if self.plan.header.record {
            return called;
        }
        let printed_ones = self.printed_appendices();
        if printed_ones.len() < 2 {
            return called;
        }
        let place = printed_ones.iter().position(|(at, _)| *at == index).map_or(0, |at| at + 1);
        match appendix.number.trim().parse::<usize>() {
            Ok(number) => format!("{called} {}", roman(number)),
            Err(_) if appendix.number.trim().is_empty() => format!("{called} {}", roman(place)),
            Err(_) => format!("{called} {}", appendix.number.trim()),
        }
    }
}

impl Standing<'_> {
    /// Returns how the one table of the layout `danh mục` is called: `Danh mục`, unless `Tên gọi` says otherwise.
    pub(super) fn list_caption(&self, appendix: Option<&Appendix>) -> String {
        let called = appendix.and_then(|appendix| appendix.called.as_deref()).map_or_else(|| "Danh mục".to_owned(), printed);
        match appendix.and_then(|appendix| appendix.printed_number.as_ref()) {
            Some(number) if self.printed_appendices().len() < 2 => format!("{called} {}", printed(number)),
            _ => called,
        }
    }
}

/// Says whether `Đánh số` says that no number is printed.
pub(super) fn is_unnumbered(printed: &str) -> bool {
    Key::new(printed).as_str() == "không"
}

/// Returns day, month and year with the padding of dates of issue: days below 10, months 1 and 2.
fn day_month_year(date: Date) -> [String; 3] {
    let month = if date.month() <= 2 { format!("{:02}", date.month()) } else { date.month().to_string() };
    [format!("{:02}", date.day()), month, date.year().to_string()]
}

/// Returns the first value stated by the plan or, going up by first parents, by one of them.
fn inherited<'a, T>(model: &'a Model, plan: PlanId, get: impl Fn(&'a Header) -> Option<T>) -> Option<T> {
    let mut seen = Vec::new();
    let mut at = Some(plan);
    while let Some(id) = at.filter(|id| !seen.contains(id)) {
        let plan = model.plan(id);
        if let Some(value) = get(&plan.header) {
            return Some(value);
        }
        seen.push(id);
        // a document has its own form, whatever it follows
        if plan.header.record {
            return None;
        }
        at = plan.parents.first().map(|parent| parent.plan);
    }
    None
}
