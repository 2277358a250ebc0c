//! How far long work is: a bar on the standard error, on a terminal only.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work of fewer steps is done before a bar could be read.
const FEW: usize = 8;

/// A bar, or nothing.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    done: u64,
}

impl Progress {
    /// Returns the progress of work of so many steps; `lively` says that the standard error may be drawn on.
    pub(super) fn new(steps: usize, lively: bool) -> Self {
        let shown = lively && steps >= FEW && std::io::stderr().is_terminal();
        let bar = shown.then(|| {
            let bar = ProgressBar::with_draw_target(u64::try_from(steps).ok(), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, done: 0 }
    }

    /// Begins the next step, shown by its name.
    pub(super) fn step(&mut self, name: &str) {
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
            bar.set_message(name.to_owned());
        }
        self.done += 1;
    }

    /// Says whether there is no bar, so that lines of progress can be written.
    pub(super) fn is_silent(&self) -> bool {
        self.bar.is_none()
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
