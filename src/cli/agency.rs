//! `agency`: looks a body or unit up in the registry: since when, until when, who follows it, who corresponds to it.

use clap::Args;

use super::Status;
use super::graph::day;
use super::session::Session;
use crate::agency::{AgencyId, Body, Counterpart, Heir, LevelId, Match, Place, Registry, SectorId, Successor, UnitHeir, UnitId, Validity};
use crate::base::{Date, Sources};
use crate::diag::{Lang, msg};
use crate::project::{self, Failure, Input, Options};

/// Arguments of `agency`.
#[derive(Debug, Args)]
pub(super) struct AgencyArgs {
    /// The name of a body or unit, such as “Sở Nội vụ”, “xã Hoằng Phượng”
    #[arg(value_name = "NAME")]
    name: String,
    /// The day as of which it is looked up (d/m/yyyy); today where not said
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The sector that decides where several bodies correspond
    #[arg(long, value_name = "SECTOR")]
    sector: Option<String>,
}

pub(super) fn run(args: &AgencyArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let date = day(args.date.as_deref(), session)?;
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root), Options::default());
    let registry = &compiled.model.registry;
    let sector = match &args.sector {
        None => None,
        Some(name) => {
            let unknown = || Failure::new(msg!("Danh bạ không có ngành “{name}”", "The registry has no sector “{name}”"));
            Some(registry.find_sector(name).ok_or_else(unknown)?)
        }
    };
    let matches = registry.look_up(&args.name);
    let name = &args.name;
    let units = if matches.is_empty() { registry.units_named(name) } else { Vec::new() };
    if matches.is_empty() && units.is_empty() {
        session.tell(&match registry.suggest(name) {
            Some(near) => msg!("Danh bạ không có “{name}”. Có phải: {near}?", "The registry has no “{name}”. Perhaps: {near}?"),
            None => msg!("Danh bạ không có “{name}”", "The registry has no “{name}”"),
        });
        return Ok(Status::Findings);
    }
    let asked = Asked { registry, sources: &compiled.sources, date, sector, lang: session.lang };
    let bodies = matches.iter().map(|found| asked.entry(found));
    let text: Vec<String> = bodies.chain(units.iter().map(|unit| asked.unit(*unit))).collect();
    session.print(&text.join("\n"))?;
    Ok(Status::Clean)
}

/// What is asked of the registry.
struct Asked<'a> {
    registry: &'a Registry,
    sources: &'a Sources,
    date: Date,
    sector: Option<SectorId>,
    lang: Lang,
}

impl Asked<'_> {
    fn entry(&self, found: &Match) -> String {
        let (registry, lang) = (self.registry, self.lang);
        let mut out = registry.name_of(found.body, None);
        if let Some(level) = registry.level_of(found.body) {
            let level = &registry.level(level).name;
            out.push_str(msg!(" (cấp {level})", " (level {level})").get(lang));
        }
        out.push('\n');
        let mut line = |text: &str| out.push_str(&format!("  {text}\n"));
        line(
            match found.loc {
                Some(loc) => msg!("Khai báo: {}", "Declared: {}", self.sources.place(loc)),
                None => msg!("Có ở mọi đơn vị theo quy tắc", "Exists for every unit by rule"),
            }
            .get(lang),
        );
        let date = self.date;
        line(&self.standing(found.validity));
        let of = match (found.body, registry.void_level_of(found.body, date)) {
            (Body::Agency(agency), void) => self.of_agency(agency, void),
            (body, Some(void)) => self.of_void(body, void),
            (Body::Institution(..) | Body::Group(_) | Body::Open | Body::Unknown, None) => Vec::new(),
        };
        of.iter().for_each(|text| line(text));
        out
    }

    /// Tells of a unit: its level and codes, whether it exists, what it lies below, whom it succeeds and who succeeds it.
    fn unit(&self, id: UnitId) -> String {
        let (registry, lang, date) = (self.registry, self.lang, self.date);
        let unit = registry.unit(id);
        let level = &registry.level(unit.level).name;
        let mut out = format!("{}{}\n", unit.name, msg!(" (cấp {level})", " (level {level})").get(lang));
        let mut line = |text: &str| out.push_str(&format!("  {text}\n"));
        let place = self.sources.place(unit.loc);
        line(msg!("Khai báo: {place}", "Declared: {place}").get(lang));
        if let Some(code) = &unit.official_code {
            line(msg!("Mã hành chính: {code}", "Official code: {code}").get(lang));
        }
        line(&self.standing(unit.validity));
        if let Some(upper) = registry.unit_above(id, unit.validity.to.map_or(date, |to| to.min(date))) {
            let upper = &registry.unit(upper).name;
            line(msg!("Thuộc: {upper}", "Below: {upper}").get(lang));
        }
        for heir in registry.unit_predecessors(id) {
            let (name, place) = (self.part(heir), self.sources.place(heir.loc));
            line(msg!("Nhập từ: {name} [{place}]", "Succeeds: {name} [{place}]").get(lang));
        }
        if unit.validity.to.is_some_and(|to| to < date) {
            let heirs = registry.unit_successors(id, date);
            if heirs.is_empty() {
                line(msg!("Danh bạ chưa ghi đơn vị kế tục", "The registry names no successor").get(lang));
            }
            for heir in heirs {
                let (name, place) = (self.part(heir), self.sources.place(heir.loc));
                line(msg!("Kế tục: {name} [{place}]", "Successor: {name} [{place}]").get(lang));
            }
        }
        out
    }

    fn part(&self, heir: UnitHeir) -> String {
        let name = &self.registry.unit(heir.unit).name;
        if heir.part { msg!("{name} (một phần)", "{name} (in part)").get(self.lang).to_owned() } else { name.clone() }
    }

    fn standing(&self, stands: Validity) -> String {
        let (date, said) = (self.date, validity(stands, self.lang));
        let text = if stands.holds(date) {
            msg!("Ngày {date}: có hiệu lực ({said})", "On {date}: in force ({said})")
        } else {
            msg!("Ngày {date}: không có hiệu lực ({said})", "On {date}: not in force ({said})")
        };
        text.get(self.lang).to_owned()
    }

    /// Tells to whom the work of a body of a void level can go: a person decides.
    fn of_void(&self, body: Body, void: LevelId) -> Vec<String> {
        let (registry, lang) = (self.registry, self.lang);
        let name = &registry.level(void).name;
        let text = msg!(
            "Không còn cấp {name}: mỗi việc phải có người quyết định nơi nhận (CHUYỂN CẤP {name} SANG …)",
            "There is no level {name}: a person decides for each task who takes it (CHUYỂN CẤP {name} SANG …)"
        );
        let mut out = vec![text.get(lang).to_owned()];
        for level in registry.levels_around(void, self.date) {
            let takers = registry.takers(body, self.sector, level, self.date);
            let level = &registry.level(level).name;
            if takers.is_empty() {
                out.push(msg!("Sang cấp {level}: không có cơ quan tương ứng", "To level {level}: no counterpart").get(lang).to_owned());
            }
            for heir in takers {
                let (name, place, of) = (registry.name_of(heir.body, None), self.sources.place(heir.loc), self.of(&heir));
                out.push(msg!("Sang cấp {level}{of}: {name} [{place}]", "To level {level}{of}: {name} [{place}]").get(lang).to_owned());
            }
        }
        out
    }

    fn of_agency(&self, agency: AgencyId, void: Option<LevelId>) -> Vec<String> {
        let (registry, lang) = (self.registry, self.lang);
        let mut out = Vec::new();
        let sectors = self.sectors(&registry.sectors_of(agency, self.date));
        if !sectors.is_empty() {
            out.push(msg!("Ngành: {sectors}", "Sectors: {sectors}").get(lang).to_owned());
        }
        match registry.successor(agency, self.sector, self.date) {
            Successor::Same => {}
            Successor::One(next, loc) => {
                let (name, place) = (&registry.agency(next).name, self.sources.place(loc));
                out.push(msg!("Kế tục: {name} [{place}]", "Successor: {name} [{place}]").get(lang).to_owned());
            }
            Successor::Several(list) => {
                for heir in list {
                    let (name, place, of) = (registry.name_of(heir.body, None), self.sources.place(heir.loc), self.of(&heir));
                    out.push(msg!("Kế tục{of}: {name} [{place}]", "Successor{of}: {name} [{place}]").get(lang).to_owned());
                }
            }
            Successor::None if void.is_some() => {}
            Successor::None => out.push(msg!("Không có cơ quan kế tục", "No successor").get(lang).to_owned()),
        }
        if let Some(void) = void {
            out.extend(self.of_void(Body::Agency(agency), void));
            return out;
        }
        for (level, stated) in
            registry.levels().filter(|(level, stated)| *level != registry.agency(agency).level && stated.validity.holds(self.date))
        {
            let place = Place { level, kind: None };
            let level = &stated.name;
            match registry.counterpart(agency, self.sector, &place, self.date) {
                Counterpart::One(body, loc) => {
                    let (name, place) = (registry.name_of(body, None), self.sources.place(loc));
                    out.push(msg!("Cấp {level}: {name} [{place}]", "Level {level}: {name} [{place}]").get(lang).to_owned());
                }
                Counterpart::Several(list) => {
                    for (sector, body, loc) in list {
                        let (name, place, sector) = (registry.name_of(body, None), self.sources.place(loc), &registry.sector(sector).name);
                        let text = msg!("Cấp {level} ({sector}): {name} [{place}]", "Level {level} ({sector}): {name} [{place}]");
                        out.push(text.get(lang).to_owned());
                    }
                }
                Counterpart::None => {
                    out.push(msg!("Cấp {level}: không có cơ quan tương ứng", "Level {level}: no counterpart").get(lang).to_owned());
                }
            }
        }
        out
    }

    /// Returns in brackets the sectors in which and the unit types at which a body has the work; empty where it has all.
    fn of(&self, heir: &Heir) -> String {
        let sectors = self.sectors(&heir.sectors);
        let kinds = heir.kinds.join(", ");
        let both: Vec<String> = [sectors, kinds].into_iter().filter(|text| !text.is_empty()).collect();
        if both.is_empty() { String::new() } else { format!(" ({})", both.join("; ")) }
    }

    fn sectors(&self, sectors: &[SectorId]) -> String {
        sectors.iter().map(|sector| self.registry.sector(*sector).name.as_str()).collect::<Vec<_>>().join("; ")
    }
}

fn validity(validity: Validity, lang: Lang) -> String {
    let text = match (validity.from, validity.to) {
        (None, None) => msg!("không giới hạn thời gian", "without limit"),
        (Some(from), None) => msg!("từ {from}", "from {from}"),
        (None, Some(to)) => msg!("đến {to}", "until {to}"),
        (Some(from), Some(to)) => msg!("từ {from} đến {to}", "from {from} until {to}"),
    };
    text.get(lang).to_owned()
}
