//! The thin binary: hands the process's arguments to the `cli` room.

fn main() -> std::process::ExitCode {
    kehoach::cli::main()
}
