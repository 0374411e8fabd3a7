#!/usr/bin/env bash
# What action.yml does: judge the project, and annotate the lines that promised what is missing. Runs locally, too:
#   TRACKER=.venv/bin/tracker INPUT_PROJECT=tests/showcase ci/github/run.sh
# All that somebody chose comes as environment variables and is only ever used between quotation marks, so that no value
# is read as a command. The exit code is tracker's: 0, 1, 2 or 3 (docs/ci.md).
set -euo pipefail

trouble() {  # what is wrong, and what to do; GitHub shows it above the log
  printf '::error title=tracker::%s\n' "$1"
  exit 2
}

one_line() {  # the value of a variable that must be one line
  case "${!1-}" in
    *[$'\n\r']*) trouble "$1 must be one line; take the line break out." ;;
  esac
  printf '%s' "${!1-}"
}

lines=()
into_lines() {  # the lines of a text that are not blank, without blanks around them, into `lines`
  local line
  lines=()
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:space:]]*}"}
    line=${line%"${line##*[![:space:]]}"}
    [ -z "$line" ] || lines+=("$line")
  done <<< "$1"
}

in_git() { git -C "$project" "$@" 2> /dev/null; }

merge_of_pull_request() {  # whether what is checked out is the merge commit that GitHub makes of a pull request
  # A workflow may have checked out the head of the branch instead, which may be a merge of its own.
  [[ "${GITHUB_REF-}" == refs/pull/*/merge ]] && [ "$(in_git rev-parse HEAD)" = "${GITHUB_SHA-}" ]
}

base_of_change() {  # the commit against which the change is judged
  # The base branch may have moved on: what others brought meanwhile is not brought by this change.
  if merge_of_pull_request; then
    in_git rev-parse --verify 'HEAD^1^{commit}'
  else
    in_git merge-base --end-of-options "$1" HEAD
  fi
}

project=$(one_line INPUT_PROJECT)
project=${project:-.}
sarif=$(one_line INPUT_SARIF_FILE)
since=$(one_line INPUT_SINCE)
base=$(one_line BASE_SHA)
work=$(TMPDIR=${RUNNER_TEMP:-${TMPDIR-}} mktemp -d)
trap 'rm -rf "$work"' EXIT

# ── what to judge against
case "$since" in
  none) since= ;;
  "")
    case "${GITHUB_EVENT_NAME-}" in
      pull_request | pull_request_target | merge_group)
        [ -n "$base" ] || trouble "The event names no base commit; give the input 'since', or 'since: none'."
        since=$(base_of_change "$base") || trouble "The base commit $base is not here; check out with 'fetch-depth: 0'."
        ;;
    esac
    ;;
esac

# ── tracker itself
if [ -z "${TRACKER-}" ]; then
  home=${RUNNER_TEMP:-$work}/tracker-venv
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  install=$(one_line INPUT_INSTALL)
  { python3 -m venv "$home" && "$home/bin/python" -m pip install --quiet -- "${install:-$here}"; } >&2 \
    || trouble "tracker could not be installed; see the log above, and the input 'install'."
  TRACKER=$home/bin/tracker
  if [ -n "${GITHUB_PATH-}" ]; then printf '%s\n' "$home/bin" >> "$GITHUB_PATH"; fi
fi

# ── how to ask
asked=(check "--project=$project" -f text -f "github:$work/annotations")
for pair in as-of:INPUT_AS_OF fail-on:INPUT_FAIL_ON fail-on-new:INPUT_FAIL_ON_NEW lang:INPUT_LANG; do
  value=$(one_line "${pair#*:}")
  [ -z "$value" ] || asked+=("--${pair%%:*}=$value")
done
[ -z "$since" ] || asked+=("--since=$since")
[ -z "${GITHUB_STEP_SUMMARY-}" ] || asked+=(-f "markdown:$GITHUB_STEP_SUMMARY")
[ -z "$sarif" ] || asked+=(-f "sarif:$sarif")
into_lines "${INPUT_FORMAT-}"
for line in ${lines[@]+"${lines[@]}"}; do asked+=("--format=$line"); done
into_lines "${INPUT_ARGS-}"
asked+=(${lines[@]+"${lines[@]}"})

code=0
"$TRACKER" "${asked[@]}" || code=$?

# ── what GitHub shows beside the lines: its paths begin at the repository, tracker's at the project
if [ -f "$work/annotations" ]; then
  prefix=$(in_git rev-parse --show-prefix) || prefix=
  prefix=${prefix//%/%25} prefix=${prefix//:/%3A} prefix=${prefix//,/%2C}
  while IFS= read -r line || [ -n "$line" ]; do
    case "$line" in
      "::error file="* | "::warning file="* | "::notice file="*) line="${line%%file=*}file=$prefix${line#*file=}" ;;
    esac
    printf '%s\n' "$line"
  done < "$work/annotations"
fi
[ "$code" -ne 2 ] || echo '::error title=tracker::Something could not be read, so not everything was judged (exit code 2).'
[ "$code" -ne 3 ] || echo '::error title=tracker::A fault of the program, not of the data (exit code 3).'
if [ -n "${GITHUB_OUTPUT-}" ]; then
  printf '%s\n' "exit-code=$code" "since=$since" "sarif-file=$sarif" >> "$GITHUB_OUTPUT"
fi
exit "$code"
