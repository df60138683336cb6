# SPDX-License-Identifier: Apache-2.0
#
# The lambdas of the classes that `javap -v -p` describes, as lines of a list of classes for an archive: Java itself writes
# only those that it met.

function without_slash(name) {
	gsub(/"/, "", name)
	return name
}

# What is known of the class is complete: one line for each place that makes a lambda.
function tell(    i, method) {
	for (i = 1; i <= places; i++) {
		method = at[i]
		if (is_lambda[method])
			print "@lambda-proxy", caller, name[i], type[i], argument[method, 1], argument[method, 2], argument[method, 3]
	}
	places = 0
	delete is_lambda
}

/^  this_class: / {
	tell()
	caller = without_slash($NF)
	in_methods = 0
}

# #180 = InvokeDynamic      #0:#181      // #0:apply:()Ljava/util/function/Function;
$3 == "InvokeDynamic" {
	split($NF, words, ":")
	places++
	at[places] = substr(words[1], 2)
	name[places] = words[2]
	type[places] = words[3]
}

/^BootstrapMethods:/ { in_methods = 1; next }
/^[A-Z][A-Za-z]*:/ { in_methods = 0 }

#   0: #763 REF_invokeStatic java/lang/invoke/LambdaMetafactory.metafactory:(...)
in_methods && /^  [0-9]+: / {
	method = substr($1, 1, length($1) - 1)
	is_lambda[method] = index($0, "java/lang/invoke/LambdaMetafactory.metafactory:") > 0
	arguments = 0
}

#       #770 (Ljava/lang/Object;)Ljava/lang/Object;
#       #771 REF_invokeStatic bpfbay/tui/table/Cell.of:(Ljava/lang/String;)Lbpfbay/tui/table/Cell;
in_methods && /^      #/ {
	arguments++
	if ($2 ~ /^REF_/) {
		split($3, words, ":")
		dot = 0
		for (i = length(words[1]); i > 0 && !dot; i--)
			if (substr(words[1], i, 1) == ".")
				dot = i
		argument[method, arguments] = $2 " " substr(words[1], 1, dot - 1) " " without_slash(substr(words[1], dot + 1)) " " words[2]
	} else {
		argument[method, arguments] = $2
	}
}

END { tell() }
