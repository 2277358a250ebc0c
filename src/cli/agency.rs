//! `agency`: looks a body up in the registry.

use clap::Args;

use super::Status;
use super::graph::day;
use super::session::Session;
use crate::agency::{AgencyId, Body, Counterpart, Match, Place, Registry, SectorId, Successor, Validity};
use crate::base::{Date, Sources};
use crate::diag::{Lang, Message, msg};
use crate::project::{self, Failure, Input, Options};

/// Arguments of `agency`.
#[derive(Debug, Args)]
pub(super) struct AgencyArgs {
    /// The body's name, such as “Sở Nội vụ”
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
            let unknown = || Failure::new(no_such(name, &registry.suggest_sectors(name)));
            Some(registry.find_sector(name).ok_or_else(unknown)?)
        }
    };
    let matches = registry.look_up(&args.name);
    let name = &args.name;
    if matches.is_empty() {
        session.tell(&no_such(name, &registry.suggestions(name)));
        return Ok(Status::Findings);
    }
    let asked = Asked { registry, sources: &compiled.sources, date, sector, lang: session.lang };
    let text: Vec<String> = matches.iter().map(|found| asked.entry(found)).collect();
    session.print(&text.join("\n"))?;
    Ok(Status::Clean)
}

/// Says that the registry lacks a name, with at most three that may be meant.
fn no_such(name: &str, near: &[String]) -> Message {
    let more = if near.len() > 3 { "; …" } else { "" };
    let near = near.iter().take(3).map(String::as_str).collect::<Vec<_>>().join("; ");
    if near.is_empty() {
        msg!("Danh bạ không có “{name}”", "The registry has no “{name}”")
    } else {
        msg!("Danh bạ không có “{name}”. Có phải: {near}{more}?", "The registry has no “{name}”. Perhaps: {near}{more}?")
    }
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
        let said = validity(found.validity, lang);
        line(
            if found.validity.holds(date) {
                msg!("Ngày {date}: có hiệu lực ({said})", "On {date}: in force ({said})")
            } else {
                msg!("Ngày {date}: không có hiệu lực ({said})", "On {date}: not in force ({said})")
            }
            .get(lang),
        );
        if let Body::Agency(agency) = found.body {
            for text in self.of_agency(agency) {
                line(&text);
            }
        }
        out
    }

    fn of_agency(&self, agency: AgencyId) -> Vec<String> {
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
                for (sectors, next, loc) in list {
                    let (name, place, sectors) = (&registry.agency(next).name, self.sources.place(loc), self.sectors(&sectors));
                    out.push(msg!("Kế tục ({sectors}): {name} [{place}]", "Successor ({sectors}): {name} [{place}]").get(lang).to_owned());
                }
            }
            Successor::None => out.push(msg!("Không có cơ quan kế tục", "No successor").get(lang).to_owned()),
        }
        for (level, stated) in registry.levels().filter(|(level, _)| *level != registry.agency(agency).level) {
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
