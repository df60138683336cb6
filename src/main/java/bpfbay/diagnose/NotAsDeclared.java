package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Filter;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.diagnose.Manifest.Where;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.ShellQuote;
import bpfbay.model.TcFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A hook does not run what was shipped for it. */
final class NotAsDeclared implements Rule {
    /** What is wrong with one program of a hook, or absent. */
    private sealed interface Verdict {
        record Right() implements Verdict {}

        record Wrong(String what) implements Verdict {}

        record NotKnown(NotEvaluated why) implements Verdict {}
    }

    /** A hook that is not as declared. */
    private record Difference(Hook hook, List<Attachment> there, List<String> what) {}

    @Override
    public Code code() {
        return Code.NOT_AS_DECLARED;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST, Input.DECLARED);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        if (survey.scene().declared().isEmpty()) {
            return Diagnosis.NOTHING;
        }
        Map<Where, List<Attachment>> there = new HashMap<>();
        for (Attachment attachment : survey.attachments()) {
            Hooks.where(attachment.place(), survey.now())
                    .ifPresent(where ->
                            there.computeIfAbsent(where, w -> new ArrayList<>()).add(attachment));
        }
        Set<NotEvaluated> notEvaluated = new LinkedHashSet<>(undeclarable(survey));
        Map<Object, List<Difference>> differences = new LinkedHashMap<>();
        for (Hook hook : survey.scene().declared().get().hooks()) {
            List<Attachment> chain = there.getOrDefault(hook.where(), List.of());
            if (chain.stream().noneMatch(survey::isYoung)) {
                List<String> what = compare(hook, chain, survey, notEvaluated);
                if (!what.isEmpty()) {
                    differences
                            .computeIfAbsent(
                                    List.of(hook.where().hook(), hook.where().side(), hook.programs(), what),
                                    k -> new ArrayList<>())
                            .add(new Difference(hook, chain, what));
                }
            }
        }
        return new Diagnosis(
                differences.values().stream().map(same -> finding(same, survey)).toList(), List.copyOf(notEvaluated));
    }

    private List<NotEvaluated> undeclarable(Survey survey) {
        List<Attachment> unnamed = Hooks.unnamed(survey.now());
        return unnamed.isEmpty()
                ? List.of()
                : List.of(NotJudged.of(
                        code(),
                        "no manifest can name the hooks of " + Phrases.count(unnamed.size(), "attachment") + ": "
                                + Phrases.refs(unnamed)));
    }

    private List<String> compare(Hook hook, List<Attachment> chain, Survey survey, Set<NotEvaluated> notEvaluated) {
        List<String> declared =
                hook.programs().stream().map(NotAsDeclared::name).toList();
        List<String> names = chain.stream().map(a -> name(a, survey)).toList();
        if (!declared.equals(names)) {
            return List.of(difference(declared, names));
        }
        List<String> what = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            Declared wanted = hook.programs().get(i);
            place(wanted, chain.get(i)).ifPresent(what::add);
            Verdict build = build(wanted, chain.get(i), survey);
            if (build instanceof Verdict.Wrong wrong) {
                what.add(wrong.what());
            } else if (build instanceof Verdict.NotKnown notKnown) {
                notEvaluated.add(notKnown.why());
            }
        }
        return what;
    }

    private static String difference(List<String> declared, List<String> names) {
        if (names.isEmpty()) {
            return "nothing is attached";
        } else if (declared.isEmpty()) {
            return "nothing was to be attached";
        }
        List<String> one = declared.stream().sorted().toList();
        List<String> other = names.stream().sorted().toList();
        return one.equals(other) ? "another order" : "other programs";
    }

    private static String name(Declared declared) {
        return declared.name();
    }

    private static String name(Attachment attachment, Survey survey) {
        return survey.program(attachment).map(Program::name).orElse("");
    }

    private static Optional<String> place(Declared wanted, Attachment attachment) {
        if (attachment.place() instanceof Place.Xdp xdp
                && wanted.mode()
                        .filter(mode -> !mode.equals(xdp.mode().label()))
                        .isPresent()) {
            return Optional.of("mode " + xdp.mode().label() + " instead of "
                    + wanted.mode().get());
        }
        Optional<TcFilter> filter = attachment.filter();
        return filter.isPresent()
                        && wanted.filter().filter(f -> !isFor(f, filter.get())).isPresent()
                ? Optional.of("another priority, handle, chain or protocol")
                : Optional.empty();
    }

    private static boolean isFor(Filter wanted, TcFilter filter) {
        return wanted.priority().orElse(filter.priority()) == filter.priority()
                && wanted.handle().orElse(filter.handle()) == filter.handle()
                && wanted.chain().orElse(filter.chain()) == filter.chain()
                && wanted.protocol()
                        .filter(word -> !word.equals(filter.protocolLabel()))
                        .isEmpty();
    }

    private Verdict build(Declared wanted, Attachment attachment, Survey survey) {
        Optional<Program> program = survey.program(attachment);
        if (wanted.build().isEmpty() || program.isEmpty()) {
            return new Verdict.Right();
        }
        Build build = wanted.build().get();
        if (build.fingerprint().found().isEmpty()) {
            return new Verdict.NotKnown(NotJudged.of(
                    code(),
                    "the build of " + build.file().orElse(wanted.name()) + " is not known",
                    build.fingerprint()));
        } else if (program.get().fingerprint().found().isEmpty()) {
            return new Verdict.NotKnown(NotJudged.of(
                    code(),
                    "the build of " + Phrases.named(program.get()) + " is not known",
                    program.get().fingerprint()));
        } else if (build.fingerprint().equals(program.get().fingerprint())) {
            return new Verdict.Right();
        } else if (survey.kinship().hasVariables(program.get())) {
            return new Verdict.NotKnown(NotJudged.of(
                    code(),
                    "whether " + Phrases.named(program.get())
                            + " is another build or its variables have changed is not known"));
        }
        return new Verdict.Wrong("another build");
    }

    private static Finding finding(List<Difference> same, Survey survey) {
        Difference first = same.get(0);
        List<String> evidence = new ArrayList<>();
        for (Difference one : same) {
            String where = one.hook().where().label();
            evidence.add(where + " declared: " + declared(one.hook()));
            evidence.add(where + " is: " + (one.there().isEmpty() ? "nothing" : is(one.there(), survey)));
        }
        List<Attachment> there =
                same.stream().flatMap(one -> one.there().stream()).toList();
        List<String> refs = there.isEmpty()
                ? same.stream().map(one -> one.hook().where().label()).toList()
                : there.stream().map(Attachment::ref).toList();
        return new Finding(
                Code.NOT_AS_DECLARED,
                Severity.CRITICAL,
                refs,
                there.stream().map(Identity::of).collect(Collectors.toSet()),
                there.stream()
                        .flatMap(a -> a.progId().stream().boxed())
                        .distinct()
                        .toList(),
                Phrases.list(same.stream()
                                .map(one -> one.hook().where().label())
                                .toList())
                        + " not as declared: " + String.join(", ", first.what()) + "; declared "
                        + declared(first.hook()) + ", is "
                        + (first.there().isEmpty() ? "nothing" : is(first.there(), survey)),
                evidence,
                suggest(first, survey));
    }

    private static String declared(Hook hook) {
        return hook.programs().isEmpty()
                ? "nothing"
                : hook.programs().stream().map(NotAsDeclared::words).collect(Collectors.joining(", then "));
    }

    private static String words(Declared declared) {
        List<String> words = new ArrayList<>();
        words.add(declared.name().isEmpty() ? "an unnamed program" : declared.name());
        declared.mode().ifPresent(words::add);
        declared.filter().ifPresent(filter -> words.add(words(filter)));
        declared.build().ifPresent(build -> {
            build.file().ifPresent(file -> words.add("of " + file));
            build.fingerprint().found().ifPresent(print -> words.add("build " + print));
        });
        return String.join(" ", words);
    }

    private static String words(Filter filter) {
        return "prio "
                + filter.priority().stream()
                        .mapToObj(Integer::toUnsignedString)
                        .findFirst()
                        .orElse("any")
                + " handle "
                + filter.handle().stream()
                        .mapToObj(h -> "0x" + Integer.toHexString(h))
                        .findFirst()
                        .orElse("any");
    }

    private static String is(List<Attachment> there, Survey survey) {
        return there.stream()
                .map(attachment -> survey.program(attachment)
                        .map(program -> Phrases.told(program, survey.takenAt())
                                + (attachment.place() instanceof Place.Xdp xdp
                                        ? " " + xdp.mode().label()
                                        : "")
                                + program.fingerprint()
                                        .found()
                                        .map(print -> " build " + print)
                                        .orElse(""))
                        .orElse("a classic filter"))
                .collect(Collectors.joining(", then "));
    }

    /** The swap that puts things right, where one does. */
    private static String suggest(Difference difference, Survey survey) {
        if (difference.there().size() == 1 && difference.hook().programs().size() == 1) {
            Declared wanted = difference.hook().programs().get(0);
            Attachment there = difference.there().get(0);
            Optional<Program> loaded = survey.now().programs().stream()
                    .filter(program -> program.name().equals(wanted.name())
                            && wanted.build()
                                    .filter(build -> build.fingerprint().equals(program.fingerprint()))
                                    .isPresent()
                            && there.progId().orElse(0) != program.id())
                    .reduce((earlier, later) -> later);
            if (loaded.isPresent()) {
                return Phrases.swap(List.of(there), loaded.get());
            }
            Optional<String> file = wanted.build().flatMap(Build::file);
            if (file.isPresent() && difference.what().contains("another build")) {
                return "bpfbay swap " + ShellQuote.quote(there.ref()) + " --to "
                        + ShellQuote.quote("obj:" + file.get() + ":" + wanted.name()) + " --dry-run";
            }
        }
        return difference.there().isEmpty()
                ? "bpfbay snapshot"
                : Phrases.show(difference.there().get(0));
    }
}
