//! The store of templates: those of the program, replaced file by file by those of a project.
//!
//! Reads no files: who finds a template of the project hands over its name and text.

use std::collections::BTreeMap;
use std::error::Error as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::docx::Stationery;
use super::filters;
use crate::base::{Loc, SourceId, Span, toneless};
use crate::diag::{Code, Diagnostic, Message, msg};

macro_rules! embedded {
    ($($name:literal,)*) => { &[$(($name, include_str!(concat!("../../templates/", $name))),)*] };
}

/// All templates of the program: path below `templates/`, and text.
const EMBEDDED: &[(&str, &str)] = embedded![
    "audit/report.html.j2",
    "docx/appendices.xml.j2",
    "docx/changes.xml.j2",
    "docx/decision.xml.j2",
    "docx/document.xml.j2",
    "docx/for_body.xml.j2",
    "docx/header.xml.j2",
    "docx/header_first.xml.j2",
    "docx/heading.xml.j2",
    "docx/page.xml.j2",
    "docx/parts.xml.j2",
    "docx/plan.xml.j2",
    "docx/settings.xml.j2",
    "docx/signature.xml.j2",
    "docx/styles.xml.j2",
    "docx/table.xml.j2",
    "html/changes.html.j2",
    "html/document.html.j2",
    "html/for_body.html.j2",
    "html/heading.html.j2",
    "html/parts.html.j2",
    "html/signature.html.j2",
    "html/style.html.j2",
    "html/table.html.j2",
    "md/changes.md.j2",
    "md/document.md.j2",
    "md/for_body.md.j2",
    "md/parts.md.j2",
    "md/signature.md.j2",
    "text/appendix.txt.j2",
    "text/changes.txt.j2",
    "text/decision.txt.j2",
    "text/for_body.txt.j2",
    "text/heading.txt.j2",
    "text/parts.txt.j2",
    "text/plan.txt.j2",
    "text/signature.txt.j2",
];

/// How many instructions one document may take: a hundred times what a plan of a thousand tasks takes.
const FUEL: u64 = 20_000_000;

/// The templates that documents are rendered with. Cheap to share between threads, dear to build: one for a whole run.
#[derive(Debug, Clone)]
pub struct Templates {
    env: Environment<'static>,
    overrides: BTreeMap<String, SourceId>,
    stationery: Option<Stationery>,
    findings: Vec<Diagnostic>,
}

/// The name of the Word file whose styles, headers and footers documents take.
pub const STATIONERY: &str = "docx/template.docx";

/// Returns the program's templates in order of their names: path below `templates/` (`text/decision.txt.j2`), and text.
pub fn names() -> &'static [(&'static str, &'static str)] {
    EMBEDDED
}

impl Templates {
    /// Returns the program's own templates.
    pub fn embedded() -> Self {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_debug(true);
        env.set_fuel(Some(FUEL));
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build() {
            env.set_syntax(syntax);
        }
        filters::add(&mut env);
        super::docx::add(&mut env);
        super::markup::add(&mut env);
        let mut out = Self { env, overrides: BTreeMap::new(), stationery: None, findings: Vec::new() };
        for (name, text) in EMBEDDED {
            if let Err(error) = out.env.add_template(name, text) {
                out.findings.push(finding(&error, None));
            }
        }
        out
    }

    /// Replaces the template `name` by `text`, which is the source `source`.
    ///
    /// A text that cannot be parsed is reported (KH6001) and the program's own stays; a name that no document asks for is reported (KH6002) and
    /// the template can still be included by others.
    #[must_use]
    pub fn with_override(mut self, name: &str, text: &str, source: SourceId) -> Self {
        let name = name.replace('\\', "/");
        if !EMBEDDED.iter().any(|(known, _)| *known == name) {
            self.findings.push(unused(&name, text, source));
        }
        match self.env.add_template_owned(name.clone(), text.to_owned()) {
            Ok(()) => {
                self.overrides.insert(name, source);
            }
            Err(error) => self.findings.push(finding(&error, Some(source))),
        }
        self
    }

    /// Takes styles, headers and footers of Word documents from the project's file `name`, which is the source `source`.
    ///
    /// A file that cannot be used is reported (KH6005), so are the styles that it lacks (KH6006, an information), a header that cannot be taken
    /// (KH6007) and a name other than [`STATIONERY`] (KH6002).
    #[must_use]
    pub fn with_stationery(mut self, name: &str, bytes: &[u8], source: SourceId) -> Self {
        let name = name.replace('\\', "/");
        if name != STATIONERY {
            let message = msg!("Không văn bản nào dùng mẫu {name}", "No document uses the template {name}");
            let help = msg!("Đặt tên tệp là {STATIONERY}", "Name the file {STATIONERY}");
            self.findings.push(Diagnostic::new(Code::KH6002, Loc::new(source, Span::default()), message).quote(&name).help(help));
            return self;
        }
        let (stationery, findings) = super::docx::read(bytes, source);
        self.findings.extend(findings);
        self.findings.extend(stationery.as_ref().and_then(|paper| super::docx::lacking(paper, &self, source)));
        self.stationery = stationery;
        self
    }

    /// Returns the project's Word file.
    pub(super) fn stationery(&self) -> Option<&Stationery> {
        self.stationery.as_ref()
    }

    /// Returns what is wrong with the templates themselves, before any document: KH6001 for syntax, KH6002 for names that nothing asks for.
    /// [`super::text`] and its sisters do not repeat these.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Renders `view` with a template; nothing and KH6001 where the template fails.
    pub(super) fn render<T: Serialize>(&self, name: &str, view: &T, width: usize) -> (String, Vec<Diagnostic>) {
        #[derive(Serialize)]
        struct Context<'a, T> {
            view: &'a T,
            width: usize,
        }
        let context = Value::from(Serde(&Context { view, width }));
        let rendered = self.env.get_template(name).and_then(|template| template.render(context));
        match rendered {
            Ok(text) => (tidied(&text), Vec::new()),
            Err(error) => (String::new(), vec![self.fault(error)]),
        }
    }

    fn fault(&self, error: Error) -> Diagnostic {
        // an error in an included template hangs below the errors of those that include it
        let mut inner = &error;
        while let Some(below) = inner.source().and_then(|below| below.downcast_ref::<Error>()) {
            inner = below;
        }
        let source = inner.name().and_then(|name| self.overrides.get(name)).copied();
        finding(inner, source)
    }
}

/// Ends the text in one line break and removes spaces at line ends, whatever the template did.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.trim_end().trim_start_matches(['\n', '\r']).lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn finding(error: &Error, source: Option<SourceId>) -> Diagnostic {
    let name = error.name().unwrap_or("").to_owned();
    let message = wording(error, &name);
    let help = msg!(
        "Sửa mẫu, hoặc xóa tệp này để dùng mẫu có sẵn (in ra bằng `kehoach templates eject`)",
        "Mend the template, or remove the file to use the built-in one (`kehoach templates eject` prints it)"
    );
    match source {
        None => Diagnostic::nowhere(Code::KH6001, message).help(help),
        Some(source) => Diagnostic::new(Code::KH6001, Loc::new(source, place(error)), message).help(help),
    }
}

fn place(error: &Error) -> Span {
    if let Some(range) = error.range() {
        return Span::new(range.start, range.end);
    }
    // a place known by its line only
    let (Some(text), Some(line)) = (error.template_source(), error.line()) else { return Span::default() };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    Span::new(start, start + length)
}

fn wording(error: &Error, name: &str) -> Message {
    let detail = error.detail().unwrap_or("").trim();
    let words = match (error.template_source(), error.range()) {
        (Some(text), Some(range)) => text.get(range).unwrap_or("").trim(),
        _ => "",
    };
    let behind = if detail.is_empty() { String::new() } else { format!(": {detail}") };
    match error.kind() {
        ErrorKind::SyntaxError => msg!("Mẫu {name} viết sai cú pháp{behind}", "Template {name} has a syntax error{behind}"),
        ErrorKind::UndefinedError => {
            msg!("Mẫu {name} dùng giá trị không có: {words}", "Template {name} uses a value that does not exist: {words}")
        }
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            msg!("Mẫu {name} gọi một hàm không có{behind}", "Template {name} calls a function that does not exist{behind}")
        }
        ErrorKind::TemplateNotFound => {
            msg!("Mẫu {name} gọi một mẫu không có{behind}", "Template {name} asks for a template that does not exist{behind}")
        }
        ErrorKind::OutOfFuel => msg!("Mẫu {name} chạy quá lâu, có thể lặp không dừng", "Template {name} runs too long; a loop may not end"),
        _ => msg!("Mẫu {name} không chạy được{behind}", "Template {name} cannot be rendered{behind}"),
    }
}

fn unused(name: &str, text: &str, source: SourceId) -> Diagnostic {
    let first = text.lines().next().map_or(0, str::len);
    let loc = Loc::new(source, Span::new(0, first));
    let message = msg!("Không văn bản nào dùng mẫu {name}", "No document uses the template {name}");
    let near = |known: &str| strsim::damerau_levenshtein(&toneless(name), &toneless(known));
    let nearest =
        EMBEDDED.iter().map(|(known, _)| *known).min_by_key(|known| near(known)).filter(|known| near(known) <= 3 + name.len() / 4);
    let finding = Diagnostic::new(Code::KH6002, loc, message).quote(name);
    match nearest {
        Some(known) => {
            finding.help(msg!("Đổi tên tệp thành {known} nếu muốn thay mẫu đó", "Rename the file to {known} if that is the one to replace"))
        }
        None => finding.help(msg!("Xem tên các mẫu bằng `kehoach templates eject`", "See the names with `kehoach templates eject`")),
    }
}
