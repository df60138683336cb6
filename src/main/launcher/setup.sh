# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Packages and the build, for ./bpfbay and ./verify. Read only when there is something to do.
# Expects: home (the checkout), install (ask or never). BPFBAY_OS_RELEASE stands in for /etc/os-release in tests.
: "${home:?}" "${install:?}"

build_packages='clang fonts-dejavu-core gcc libbpf-dev libc6-dev llvm make maven'

say() {
	printf 'bpfbay: %s\n' "$*" >&2
}

# java_major DIR: the major version of the Java in DIR, in $major; false where there is none.
java_major() {
	major=
	[ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
	while IFS= read -r line; do
		case $line in
		JAVA_VERSION=*)
			major=${line#*\"}
			major=${major%%[!0-9]*}
			;;
		esac
	done <"$1/release"
	[ -n "$major" ]
}

# use_java DIR TOOL: sets java and java_options when DIR has TOOL (java or javac) of 17 or newer.
use_java() {
	[ -x "$1/bin/$2" ] && java_major "$1" && [ "$major" -ge 17 ] || return 1
	java_home=$1
	java=$1/bin/java
	java_options=
	# Newer machines print warnings about native code without it; 17 does not know it.
	[ "$major" -lt 22 ] || java_options=--enable-native-access=ALL-UNNAMED
	# Of all that depends on a language only the boundaries of characters are asked for, by Lanterna, and the older data
	# are found sooner. From 21 on Java warns of it.
	[ "$major" -ge 21 ] || java_options=-Djava.locale.providers=COMPAT
}

# choose_java TOOL: the caller's, the one on the PATH, any other.
choose_java() {
	[ -z "${JAVA_HOME:-}" ] || ! use_java "$JAVA_HOME" "$1" || return 0
	if candidate=$(command -v "$1"); then
		candidate=$(readlink -f -- "$candidate")
		use_java "${candidate%/bin/*}" "$1" && return
	fi
	for candidate in /usr/lib/jvm/*; do
		use_java "$candidate" "$1" && return
	done
	return 1
}

is_debian() {
	while IFS= read -r line; do
		case $line in
		ID=debian | ID=\"debian\" | ID_LIKE=*debian*) command -v apt-get >/dev/null && return ;;
		esac
	done 2>/dev/null <"${BPFBAY_OS_RELEASE:-/etc/os-release}"
	return 1
}

# missing_packages NAME...: those that dpkg does not have, in $missing.
missing_packages() {
	missing=
	has=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "$@" 2>/dev/null)" || :
	for package; do
		case $has in
		*" $package=installed "*) ;;
		*) missing="$missing $package" ;;
		esac
	done
	choose_java javac || missing="$missing default-jdk-headless"
	missing=${missing# }
}

# Elsewhere than on Debian nobody knows the packages' names, but whoever brought the tools may build.
missing_tools() {
	missing=
	for tool in clang gcc llvm-strip make mvn; do
		command -v "$tool" >/dev/null || missing="$missing $tool"
	done
	choose_java javac || missing="$missing JDK-17"
	[ -e /usr/include/bpf/bpf.h ] || missing="$missing libbpf-headers"
	missing=${missing# }
}

# need_packages NAME...: returns when all are there, installing what is not.
need_packages() {
	if ! is_debian; then
		missing_tools
		[ -z "$missing" ] && return
		say "this is not Debian: please install by hand: $missing"
		exit 3
	fi
	missing_packages "$@"
	[ -n "$missing" ] || return 0
	if [ "$install" = never ]; then
		say "missing packages: $missing (--no-install was given)"
		exit 3
	fi
	if [ "$(id -u)" -ne 0 ]; then
		say "missing packages: $missing; installing them needs root, once: apt-get install $missing"
		exit 3
	fi
	if [ -t 0 ] && [ -t 2 ]; then
		say "missing packages: $missing"
		printf 'Install them with apt-get? [y/N] ' >&2
		read -r answer || answer=
		case $answer in
		[yY] | [yY][eE][sS]) ;;
		*) say "nothing was installed"; exit 3 ;;
		esac
	fi
	say "installing $missing"
	mkdir -p "$home/target" || exit 3
	# The package lists are fetched only where the ones at hand do not do.
	# shellcheck disable=SC2086 # a list of names
	apt_install $missing >"$home/target/install.log" 2>&1 ||
		{ apt-get -q update && apt_install $missing; } >>"$home/target/install.log" 2>&1 ||
		failed "apt-get failed" "$home/target/install.log"
	choose_java javac || failed "no JDK of 17 or newer after the installation" "$home/target/install.log"
}

apt_install() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
		install --no-install-recommends "$@" </dev/null
}

# failed WHAT LOG
failed() {
	tail -n 30 "$2" >&2
	say "$1 (all of it: $2)"
	exit 4
}

# The launcher asks the same question in one fork; this one is asked with the lock held.
is_built() {
	[ -e "$home/target/launch" ] &&
		[ -z "$(find "$home/pom.xml" "$home/src/main" "$home/native" "$home/bpf" \
			-newer "$home/target/launch" -print -quit 2>/dev/null)" ]
}

set_up() {
	if ! mkdir -p "$home/target" 2>/dev/null || [ ! -w "$home/target" ]; then
		if [ ! -e "$home/target/launch" ]; then
			say "not built yet, and $home/target cannot be written: start it once as its owner"
			exit 3
		fi
		is_built || say "the sources are newer than the build, but $home/target cannot be written: running what is built"
		return 0
	fi
	# Two first starts at once must not build over each other.
	exec 9>"$home/target/lock"
	if ! flock -n 9; then
		say "waiting for another start that builds"
		flock 9
	fi
	if ! is_built; then
		# shellcheck disable=SC2086 # a list of names
		need_packages $build_packages
		build
		archive=no
		write_stamp
		if make_archive >>"$home/target/build.log" 2>&1; then
			archive=yes
			write_stamp
		fi
	fi
	exec 9>&-
}

# For a caller with a Java of his own, and for a build whose Java went away.
need_java() {
	[ -z "${JAVA_HOME:-}" ] || ! use_java "$JAVA_HOME" java || return 0
	# shellcheck disable=SC2086 # a list of names
	[ -x "$java" ] || choose_java java || need_packages $build_packages
}

build() {
	log=$home/target/build.log
	say "building (takes a minute the first time; log: $log)"
	: >"$home/target/launch.began"
	# A new file, so that an older process keeps the jar that it has open.
	rm -f "$home/target/launch" "$home/target/bpfbay.jar"
	JAVA_HOME=$java_home mvn -B -q -f "$home/pom.xml" -Dmaven.test.skip=true -Denforcer.skip -Dforbiddenapis.skip \
		-Dmaven.wagon.http.retryHandler.count=3 package </dev/null >"$log" 2>&1 9>&- ||
		failed "the build failed" "$log"
}

write_stamp() {
	jna=linux-x86-64
	[ "$(uname -m)" != aarch64 ] || jna=linux-aarch64
	words=$java_options
	[ "$archive" = no ] || words="$words -XX:SharedArchiveFile=$home/target/bpfbay.jsa"
	printf "java='%s'\njava_options='%s'\njna=%s\n" "$java" "$words" "$jna" >"$home/target/launch.new"
	touch -r "$home/target/launch.began" "$home/target/launch.new"
	mv "$home/target/launch.new" "$home/target/launch"
}

# The classes that one command and the screen load, laid out so that the Java machine maps them. Without the archive all
# works the same and starts slower, so nothing here is an error; and nothing is loaded into the kernel.
make_archive() {
	rm -f "$home/target/bpfbay.jsa"
	case $home in
	*[!A-Za-z0-9/._-]*) return 1 ;;
	esac
	# Not by the launcher, which would wait for the end of this very build if a source changed meanwhile.
	# shellcheck disable=SC2086 # a list of options
	set -- "$java" $java_options -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr "-Dbpfbay.home=$home" \
		"-Djna.boot.library.path=$home/target/jna/com/sun/jna/$jna" -Djna.nounpack=true -Djna.nosys=true \
		-Djava.util.logging.manager=bpfbay.cli.Unlogged
	main="-cp $home/target/bpfbay.jar bpfbay.cli.Main"
	# shellcheck disable=SC2086 # a list of words
	timeout 60 "$@" "-XX:DumpLoadedClassList=$home/target/classes.command" $main snapshot --json --passive \
		>/dev/null </dev/null || :
	[ -s "$home/target/classes.command" ] || return 1
	open_screen_once "$* -XX:DumpLoadedClassList=$home/target/classes.screen $main --passive" || :
	# All classes that look and draw tables too: a host without programs draws none; and those of a screen that may swap, since
	# a single one from elsewhere makes Java read the jar's whole list. What is mapped counts as memory, so that those of rarer
	# commands and pages stay outside. A lambda of the platform may stand there twice, once for each place of its kind.
	"$java_home/bin/jar" tf "$home/target/bpfbay.jar" |
		sed -nE -e 's/^(bpfbay\/(tui\/(cell|state|table|terminal|view)|model|collect|kernel)\/.*)\.class$/\1/p' \
			-e 's/^(bpfbay\/(cli\/(AtEnd|SwapHost|TuiCommand)|swap\/Consent)(\$.*)?)\.class$/\1/p' >"$home/target/classes.own" || :
	{
		cat "$home/target/classes.own" "$home/target/classes.command" "$home/target/classes.screen" | grep -v '^@' | sort -u
		cat "$home/target/classes.command" "$home/target/classes.screen" | grep '^@'
	} >"$home/target/classes.list"
	timeout 60 "$@" -Xshare:dump "-XX:SharedClassListFile=$home/target/classes.list" \
		"-XX:SharedArchiveFile=$home/target/bpfbay.jsa" -cp "$home/target/bpfbay.jar"
	[ -s "$home/target/bpfbay.jsa" ]
}

# On a terminal of its own, until its first row is drawn or it has ended, half a minute at the most; and as long as it takes
# to look again, to compare and to judge.
open_screen_once() {
	typescript=$home/target/screen.typescript
	rm -f "$typescript"
	{
		tries=0
		until grep -q IFACE "$typescript" 2>/dev/null || [ $tries -ge 150 ]; do
			tries=$((tries + 1))
			sleep 0.2
		done
		sleep 4
		printf '2q'
	} | TERM=xterm-256color timeout 60 script -qfec "stty rows 24 cols 80; $1; echo IF''ACE" "$typescript" >/dev/null
}
