#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Tests of ./bpfbay in a checkout of its own, whose dpkg-query, apt-get, mvn and java are stand-ins that say what they were asked.
# Needs util-linux (setpriv, script, flock). Each test is a function; its name is what it says.
# shellcheck disable=SC2016 # the stand-ins' own variables
set -eu

checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
top=$(mktemp -d "${TMPDIR:-/tmp}/bpfbay launcher.XXXXXX")
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM HUP
chmod 755 "$top"

shim() {
	cat >"$top/bin/$1"
	chmod 755 "$top/bin/$1"
}

# A fresh checkout and stand-ins, before each test.
fresh() {
	rm -rf "${top:?}"/*
	mkdir -p "$top/bin" "$top/jdk/bin" "$top/check out/src/main" "$top/check out/native" "$top/check out/bpf"
	cp "$checkout/bpfbay" "$top/check out/"
	cp -R "$checkout/src/main/launcher" "$top/check out/src/main/"
	touch -d '1 hour ago' "$top/check out/pom.xml"
	find "$top/check out" -exec touch -d '1 hour ago' {} +
	: >"$top/calls"
	chmod 666 "$top/calls"
	printf 'JAVA_VERSION="17.0.1"\n' >"$top/jdk/release"
	printf 'ID=debian\n' >"$top/os-release"
	# dpkg-query: all but the packages named in the file "absent" are installed.
	: >"$top/absent"
	shim dpkg-query <<-'END'
		#!/bin/sh
		echo "dpkg-query" >>"$TOP/calls"
		shift 3
		for p; do grep -qx "$p" "$TOP/absent" || printf '%s=installed ' "$p"; done
	END
	shim apt-get <<-'END'
		#!/bin/sh
		echo "apt-get $*" >>"$TOP/calls"
		case "$*" in
		*update*) : >"$TOP/updated" ;;
		*install*)
			[ ! -e "$TOP/stale-lists" ] || [ -e "$TOP/updated" ] || { echo "E: Unable to locate package"; exit 100; }
			[ ! -e "$TOP/no-network" ] || { echo "E: Failed to fetch"; exit 100; }
			: >"$TOP/absent" ;;
		esac
	END
	shim mvn <<-'END'
		#!/bin/sh
		echo "mvn" >>"$TOP/calls"
		[ ! -e "$TOP/broken" ] || { echo "COMPILATION ERROR"; exit 1; }
		[ ! -e "$TOP/slow" ] || sleep 1
		: >"$TOP/check out/target/bpfbay.jar"
	END
	cat >"$top/jdk/bin/java" <<-'END'
		#!/bin/sh
		while [ "$1" != bpfbay.cli.Main ]; do
			case $1 in -Dbpfbay.home=*) echo "home ${1#*=}" ;; esac
			shift
		done
		shift
		printf 'arg <%s>\n' "$@"
		exit "${JAVA_STATUS:-0}"
	END
	chmod 755 "$top/jdk/bin/java"
	cp "$top/jdk/bin/java" "$top/jdk/bin/javac"
}

# bay ARG...: runs it with no terminal; out, err and status are left behind.
bay() {
	status=0
	run "$top/check out/bpfbay" "$@" </dev/null || status=$?
}

run() {
	TOP=$top JAVA_HOME=$top/jdk BPFBAY_OS_RELEASE=$top/os-release PATH=$top/bin:$PATH "$@" >"$top/out" 2>"$top/err"
}

calls() {
	sort -u "$top/calls" | tr '\n' ' '
}

# expect WHAT WANTED GOT
expect() {
	[ "$2" = "$3" ] || {
		printf '   %s: wanted <%s>, got <%s>\n' "$1" "$2" "$3"
		return 1
	}
}

expect_in() {
	grep -q -- "$2" "$top/$1" || {
		printf '   %s: wanted <%s>, got:\n' "$1" "$2"
		cat "$top/$1"
		return 1
	}
}

expect_err() { expect_in err "$1"; }
expect_out() { expect_in out "$1"; }

expect_not() {
	if grep -q -- "$1" "$top/out"; then
		printf '   output: not wanted <%s>, got:\n' "$1"
		cat "$top/out"
		return 1
	fi
}

the_first_start_builds_and_runs() {
	bay snapshot --json
	expect status 0 $status
	expect calls "dpkg-query mvn " "$(calls)"
	expect output "home $top/check out
arg <snapshot>
arg <--json>" "$(cat "$top/out")"
}

the_second_start_calls_neither_maven_nor_the_package_manager() {
	bay snapshot
	: >"$top/calls"
	bay snapshot
	expect status 0 $status
	expect calls "" "$(calls)"
	expect "standard error" "" "$(cat "$top/err")"
}

a_changed_source_is_built_again() {
	bay snapshot
	: >"$top/calls"
	touch "$top/check out/native/new.c"
	bay snapshot
	expect calls "dpkg-query mvn " "$(calls)"
	: >"$top/calls"
	bay snapshot
	expect calls "" "$(calls)"
}

a_source_changed_during_the_build_is_built_again() {
	sed -i 's/^: >/touch "$TOP\/check out\/bpf\/late.c"; : >/' "$top/bin/mvn"
	sed -i "s/^echo/sleep 0.05; echo/" "$top/bin/mvn"
	bay snapshot
	: >"$top/calls"
	bay snapshot
	expect calls "dpkg-query mvn " "$(calls)"
}

missing_packages_are_installed_without_a_terminal() {
	printf 'clang\nmaven\n' >"$top/absent"
	bay snapshot
	expect status 0 $status
	expect calls "apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends clang maven dpkg-query mvn " "$(calls)"
	expect_err "installing clang maven"
}

package_lists_are_fetched_only_when_the_ones_at_hand_do_not_do() {
	echo clang >"$top/absent"
	: >"$top/stale-lists"
	bay snapshot
	expect status 0 $status
	expect updates 1 "$(grep -c update "$top/calls")"
}

a_failing_installation_shows_why_and_exits_4() {
	echo clang >"$top/absent"
	: >"$top/no-network"
	bay snapshot
	expect status 4 $status
	expect_err "Failed to fetch"
}

no_install_says_what_is_missing_and_exits_3() {
	echo clang >"$top/absent"
	bay snapshot --no-install
	expect status 3 $status
	expect calls "dpkg-query " "$(calls)"
	expect_err "missing packages: clang (--no-install was given)"
}

no_install_is_not_passed_on() {
	bay snapshot --no-install a -- --no-install
	expect output "home $top/check out
arg <snapshot>
arg <a>
arg <-->
arg <--no-install>" "$(cat "$top/out")"
}

a_user_hears_what_needs_root() {
	echo clang >"$top/absent"
	chown -R 65534:65534 "$top/check out"
	status=0
	run setpriv --reuid 65534 --regid 65534 --clear-groups "$top/check out/bpfbay" snapshot </dev/null || status=$?
	expect status 3 $status
	expect_err "needs root, once: apt-get install clang"
}

a_user_runs_what_root_has_built() {
	bay snapshot
	: >"$top/calls"
	status=0
	run setpriv --reuid 65534 --regid 65534 --clear-groups "$top/check out/bpfbay" snapshot </dev/null || status=$?
	expect status 0 $status
	expect calls "" "$(calls)"
}

a_user_who_cannot_rebuild_runs_the_old_build() {
	bay snapshot
	touch "$top/check out/pom.xml"
	: >"$top/calls"
	status=0
	run setpriv --reuid 65534 --regid 65534 --clear-groups "$top/check out/bpfbay" snapshot </dev/null || status=$?
	expect status 0 $status
	expect calls "" "$(calls)"
	expect_err "running what is built"
}

elsewhere_than_on_debian_one_line_names_what_is_missing() {
	printf 'ID=fedora\n' >"$top/os-release"
	# Only what the launcher itself needs is on the path.
	for tool in cat chmod cp find flock grep id mkdir mv readlink rm sed sh sleep sort touch tr uname tail; do
		ln -s "$(command -v $tool)" "$top/bin/$tool"
	done
	rm "$top/bin/mvn"
	status=0
	TOP=$top JAVA_HOME=$top/jdk BPFBAY_OS_RELEASE=$top/os-release PATH=$top/bin \
		"$top/check out/bpfbay" snapshot </dev/null >"$top/out" 2>"$top/err" || status=$?
	expect status 3 $status
	expect lines 1 "$(wc -l <"$top/err")"
	expect calls "" "$(calls)"
	expect_err "not Debian: please install by hand: clang .*mvn"
}

a_failing_build_shows_why_and_exits_4_and_is_tried_again() {
	: >"$top/broken"
	bay snapshot
	expect status 4 $status
	expect_err "COMPILATION ERROR"
	rm "$top/broken"
	bay snapshot
	expect status 0 $status
}

two_first_starts_build_once() {
	: >"$top/slow"
	run "$top/check out/bpfbay" one </dev/null &
	first=$!
	bay two
	wait $first
	rm "$top/slow"
	expect status 0 $status
	expect builds 1 "$(grep -c mvn "$top/calls")"
}

arguments_arrive_byte_for_byte() {
	odd=$(printf 'a  b\t"\\$x\377\nend')
	bay snapshot "$odd" '' '*'
	expect output "home $top/check out
arg <snapshot>
arg <$odd>
arg <>
arg <*>" "$(cat "$top/out")"
}

the_exit_status_is_that_of_java() {
	bay snapshot
	JAVA_STATUS=5
	export JAVA_STATUS
	bay snapshot
	unset JAVA_STATUS
	expect status 5 $status
}

it_is_found_through_links_and_from_anywhere() {
	bay snapshot
	ln -s "check out/bpfbay" "$top/link1"
	ln -s "$top/link1" "$top/bin/bpfbay"
	for way in "cd / && bpfbay x" "cd '$top' && ./link1 x" "cd '$top/check out' && ./bpfbay x" "cd '$top/check out/src' && ../bpfbay x" \
		"cd '$top/check out' && sh bpfbay x" "cd '$top' && 'check out/bpfbay' x"; do
		run sh -c "$way" </dev/null
		expect "$way" "home $top/check out
arg <x>" "$(cat "$top/out")"
	done
	rm "$top/link1"
}

an_old_java_home_is_not_used() {
	bay snapshot
	mkdir "$top/old"
	cp -R "$top/jdk/." "$top/old/"
	printf 'JAVA_VERSION="1.8.0_402"\n' >"$top/old/release"
	printf '#!/bin/sh\necho old\n' >"$top/old/bin/java"
	cp "$top/jdk/bin/java" "$top/bin/java"
	status=0
	TOP=$top JAVA_HOME=$top/old PATH=$top/bin:$PATH "$top/check out/bpfbay" x </dev/null >"$top/out" 2>"$top/err" || status=$?
	rm -r "$top/old"
	expect_not '^old'
	expect status 0 $status
}

# screen SCRIPT [COMMANDS]: runs ./bpfbay (or COMMANDS) under a terminal of its own with SCRIPT as java; what it and the shell
# wrote is in out.
screen() {
	bay snapshot
	printf '#!/bin/sh\n%s\n' "$1" >"$top/jdk/bin/java"
	cat >"$top/session" <<-END
		export TOP='$top' JAVA_HOME='$top/jdk'
		before=\$(stty -g)
		status=0
		${2:-"'$top/check out/bpfbay'"} || status=\$?
		echo "status \$status"
		[ "\$before" = "\$(stty -g)" ] && echo "tty same" || echo "tty differs"
	END
	run script -qec "sh '$top/session'" /dev/null </dev/null || :
}

a_killed_java_leaves_the_terminal_as_it_was() {
	screen 'stty raw -echo; kill -KILL $$'
	expect_out 'bpfbay: ended by signal 9'
	expect_out 'status 137'
	expect_out '^tty same'
	expect_out '?1049l'
}

a_java_that_ended_well_is_not_tidied_up_after() {
	screen 'exit 0'
	expect_out '^status 0'
	expect_not '?1049l'
}

a_signal_reaches_java_and_its_status_comes_back() {
	screen 'trap "echo told; exit 143" TERM; kill -TERM $PPID; while :; do sleep 0.05; done'
	expect_out '^told'
	expect_out '^status 143'
}

an_interrupt_is_not_ignored_by_java() {
	screen 'kill -INT $$; sleep 1; echo survived'
	expect_out '^status 130'
	expect_not survived
}

# answered WORD: the first start on a terminal with a package missing, and WORD typed at its question.
answered() {
	echo clang >"$top/absent"
	status=0
	{
		until grep -q 'y/N' "$top/out"; do sleep 0.02; done
		echo "$1"
	} | run script -qec "'$top/check out/bpfbay' snapshot" /dev/null || status=$?
}

a_terminal_is_asked_before_packages_are_installed() {
	answered n
	expect status 3 $status
	expect calls "dpkg-query " "$(calls)"
	expect_out 'nothing was installed'
}

yes_on_a_terminal_installs() {
	answered y
	expect status 0 $status
	expect installations 1 "$(grep -c install "$top/calls")"
	expect_out 'arg <snapshot>'
}

a_stop_that_java_does_not_see_coming_stops_the_launcher_too() {
	screen 'sleep 0.3; echo up >"$TOP/up"; while :; do sleep 0.05; done' "
		set -m
		'$top/check out/bpfbay' &
		group=\$!
		until [ -e '$top/up' ]; do sleep 0.02; done
		kill -TSTP -\$group
		tries=0
		until read -r _ _ state _ <\"/proc/\$group/stat\" && [ \$state = T ] || [ \$tries -gt 500 ]; do
			sleep 0.02
			tries=\$((tries + 1))
		done
		echo \"state \$state\"
		kill -KILL -\$group
		kill -CONT -\$group 2>/dev/null
		wait \$group"
	expect_out '^state T'
}

passed=0
failed=0
for test in $(sed -n 's/^\([a-z0-9]*_[a-z0-9]*_[a-z0-9_]*\)() {$/\1/p' "$0" | tr '\n' ' '); do
	fresh
	# Not in an "if", where the shell would go on after a failed line.
	set +e
	(set -e; "$test") >"$top/said" 2>&1
	result=$?
	set -e
	if [ $result -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $test"
		cat "$top/said"
	fi
done
printf 'launcher: %s passed, %s failed\n' $passed $failed
[ $failed -eq 0 ]
