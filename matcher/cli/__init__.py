"""The command line: one verb a stage. Messages go to stderr, what was asked for to stdout."""

from __future__ import annotations

import gc
import sys
import traceback

import click

from matcher.cli.check import check_command, template_command
from matcher.cli.compare import compare_command
from matcher.cli.convert import features_command, generate_command, schema_command
from matcher.cli.cover import cover_command, plans_command
from matcher.cli.explain import explain_command
from matcher.cli.letters import letters_command
from matcher.cli.match import match_command
from matcher.cli.messages import say
from matcher.cli.rematch import rematch_command
from matcher.cli.repair import repair_command
from matcher.cli.score import score_command
from matcher.cli.verify import verify_command
from matcher.exceptions import InputError, MatcherError

EXIT_CODES = """
\b
Exit codes:
  0    done
  1    internal error
  2    the call is wrong (an unknown option, a path that is not there)
  3    the intake, the policy or a template has faults; all are listed
  4    no plan can keep all hard rules
  5    a limit was reached; the best plan found was written
  6    a limit was reached before any plan was found
  7    `score`: the edit breaks a rule that must hold
  130  stopped by Ctrl-C; the best plan found so far was written
"""

NEW_OBJECTS = 100_000
"""New objects after which Python looks for garbage; its own 700 cost a tenth of a match, which makes many
objects and hardly any cycles."""


@click.group(
    epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="mensi-matcher", prog_name="matcher")
def cli() -> None:
    """Form clusters of schools around mentor schools, with a proof and a reason for each school."""


for command in (
    match_command,
    check_command,
    compare_command,
    explain_command,
    template_command,
    features_command,
    schema_command,
    generate_command,
    letters_command,
    rematch_command,
    repair_command,
    score_command,
    cover_command,
    plans_command,
    verify_command,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(NEW_OBJECTS)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code (see ``matcher --help``).

    Parameters
    ----------
    arguments : list of str, optional
        Arguments without the programme's name; those of the process if None.
    """
    try:
        code = cli.main(args=arguments, prog_name="matcher", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        say("Stopped. Nothing was written.")
        return 130
    except InputError as error:
        from matcher.intake.checks.listing import issues_as_text  # noqa: PLC0415 - only when needed

        say(issues_as_text(error.issues))
        return error.exit_code
    except MatcherError as error:
        say(str(error))
        return error.exit_code
    except Exception:  # noqa: BLE001 - the last resort: shown whole, never swallowed
        say(traceback.format_exc())
        say("matcher failed in a way it should not. Please report the lines above.")
        return 1
    return code if isinstance(code, int) else 0
