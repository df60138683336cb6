#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The tests tagged "kernel" once more, in the guest of run.sh, with the classes that Maven has built here. Every class runs;
# what is repeated to find rare faults is repeated less often there (bpfbay.testing.Repeats), where all is emulated, and what
# no kernel makes a difference to is left to one or two tests of its class: the others are tagged "host".
#
#   src/test/guest/suite.sh [PATTERN [OPTION…]]   only classes whose name holds the pattern; options are JUnit's console launcher's
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
cd "$home"
reports=$home/target/guest-reports

if [ ! -s target/test-class-path ] || [ ! -d target/test-classes ]; then
	echo "guest: the tests are not compiled (mvn test-compile)" >&2
	exit 1
fi
only=
[ $# -eq 0 ] || { only=$1; shift; }
rm -rf "$reports"
mkdir -p "$reports"
jna=linux-x86-64
# Looking through all classes for the tag takes an emulated machine half a minute.
classes=$(grep -rlE '@InNetns|@Tag\("kernel"\)' src/test/java | sed -n 's|^src/test/java/\(.*Test\)\.java$|\1|p' | tr / . |
	grep -E -- "$only" | sed 's/^/--select-class=/')
[ -n "$classes" ] || { echo "guest: no class with a kernel test is called $only" >&2; exit 2; }

status=0
# shellcheck disable=SC2086 # a word a class
src/test/guest/run.sh --timeout "${BPFBAY_GUEST_TIMEOUT:-2700}" --out "$reports" \
	java -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-Dbpfbay.emulated=true "-Dbpfbay.home=$home" "-Djna.boot.library.path=$home/target/jna/com/sun/jna/$jna" \
	-Djna.nounpack=true -Djna.nosys=true -Djna.platform.library.path=/usr/lib -Djdk.lang.Process.launchMechanism=VFORK \
	-cp "target/test-classes:target/classes:$(cat target/test-class-path)" \
	org.junit.platform.console.ConsoleLauncher execute \
	$classes --include-engine junit-jupiter --include-tag kernel --exclude-tag host --fail-if-no-tests --reports-dir /mnt \
	--disable-banner --disable-ansi-colors --details=testfeed "$@" || status=$?

# The numbers come from the reports and not from the exit status alone: a machine that died has none.
sum() {
	cat "$reports"/TEST-*.xml 2>/dev/null | sed -n "s/^<testsuite .* $1=\"\([0-9]*\)\".*/\1/p" |
		{ total=0; while read -r n; do total=$((total + n)); done; echo $total; }
}
tests=$(sum tests)
skipped=$(sum skipped)
bad=$(($(sum failures) + $(sum errors)))
printf 'guest: %s passed, %s failed, %s skipped\n' $((tests - skipped - bad)) "$bad" "$skipped"
if [ $status -eq 0 ] && [ "$tests" -eq 0 ]; then
	echo "guest: no report came back" >&2
	status=1
fi
exit $status
