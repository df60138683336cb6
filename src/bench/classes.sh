# SPDX-License-Identifier: Apache-2.0
#
# Compiles the benchmarks and sets class_path and properties, what Java needs to run them. $home is the checkout.
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # for and from whoever reads this

mkdir -p "$home/target/bench"
mvn -q -o -f "$home/pom.xml" -Pbench test-compile dependency:build-classpath \
	-Dmdep.outputFile="$home/target/bench/classpath" >/dev/null
class_path=$home/target/test-classes:$home/target/classes:$(cat "$home/target/bench/classpath")
properties="-Dbpfbay.home=$home -Djna.nounpack=true -Djna.boot.library.path=$home/target/jna/com/sun/jna/linux-$(uname -m | tr _ -)"
