//! What a parser wanted where it stopped: the error of every parser in this room.

use nom::error::{ErrorKind, ParseError};
use nom::{Err, IResult, Input, Parser};

use super::ast::Keyword;
use crate::base::Span;
use crate::diag::{Message, msg};

/// A set of things that would have fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wants(u16);

impl Wants {
    pub(super) const CODE: Self = Self(1);
    pub(super) const CODES: Self = Self(2);
    pub(super) const COLON: Self = Self(4);
    pub(super) const ROMAN: Self = Self(8);
    pub(super) const NUMBER: Self = Self(16);
    pub(super) const DOTTED: Self = Self(32);
    pub(super) const LEVEL: Self = Self(64);
    pub(super) const NAME: Self = Self(128);
    pub(super) const INTO: Self = Self(256);
    pub(super) const TO: Self = Self(512);
    pub(super) const FINDING: Self = Self(1024);
    pub(super) const END: Self = Self(2048);

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the things in words, joined by “or”.
    pub(super) fn words(self) -> Message {
        let all = [
            (Self::CODE, msg!("một mã", "a code")),
            (Self::CODES, msg!("một hoặc nhiều mã", "one or more codes")),
            (Self::ROMAN, msg!("số La Mã", "a Roman number")),
            (Self::NUMBER, msg!("một số", "a number")),
            (Self::DOTTED, msg!("một số như 1.1", "a number such as 1.1")),
            (Self::LEVEL, msg!("tên một cấp", "the name of a level")),
            (Self::NAME, msg!("một tên", "a name")),
            (Self::INTO, msg!("chữ THÀNH", "the word THÀNH")),
            (Self::TO, msg!("chữ SANG", "the word SANG")),
            (Self::FINDING, msg!("mã phát hiện như KH3005", "a finding's code such as KH3005")),
            (Self::COLON, msg!("dấu hai chấm", "a colon")),
            (Self::END, msg!("hết dòng", "the end of the line")),
        ];
        let wanted: Vec<Message> = all.into_iter().filter(|(want, _)| self.0 & want.0 != 0).map(|(_, words)| words).collect();
        let join = |or: &str, words: Vec<&str>| words.join(or);
        Message {
            vi: join(" hoặc ", wanted.iter().map(|m| m.vi.as_str()).collect()),
            en: join(" or ", wanted.iter().map(|m| m.en.as_str()).collect()),
        }
    }
}

/// Where a parser stopped, and what it wanted there. Of two alternatives the one that came further wins; equals merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expected {
    /// How much of the input was left (bytes of a line, or lines).
    pub(super) left: usize,
    /// What would have fitted.
    pub(super) wants: Wants,
    /// The heading that does not fit, its place and the place where it stops fitting.
    pub(super) heading: Option<(Keyword, Span, Span)>,
}

impl<I: Input> ParseError<I> for Expected {
    fn from_error_kind(input: I, _: ErrorKind) -> Self {
        Self { left: input.input_len(), wants: Wants::default(), heading: None }
    }

    fn append(_: I, _: ErrorKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        match self.left.cmp(&other.left) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => Self { wants: self.wants.with(other.wants), heading: self.heading.or(other.heading), ..self },
        }
    }
}

/// Declines: another alternative may fit.
pub(super) fn decline<I: Input, O>(input: &I, wants: Wants) -> IResult<I, O, Expected> {
    Err(Err::Error(Expected { left: input.input_len(), wants, heading: None }))
}

/// Runs `parser`; where it declines, the line is wrong: nothing else can stand here but what `wants` says.
pub(super) fn expected<I: Input, O>(
    wants: Wants,
    mut parser: impl Parser<I, Output = O, Error = Expected>,
) -> impl FnMut(I) -> IResult<I, O, Expected> {
    move |input: I| {
        let here = Expected { left: input.input_len(), wants, heading: None };
        parser.parse(input).map_err(|error| match error {
            Err::Error(inner) if inner.left < here.left && inner.wants != Wants::default() => Err::Failure(inner),
            Err::Error(_) => Err::Failure(here),
            cut @ (Err::Failure(_) | Err::Incomplete(_)) => cut,
        })
    }
}
