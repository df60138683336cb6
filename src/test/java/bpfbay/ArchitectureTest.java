package bpfbay;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which room may see which, and where the libraries live. Each rule is checked twice: on the program, which keeps it, and on
 * {@code bpfbay.planted}, rooms of the same names with classes that break it, so that no rule guards nothing.
 */
class ArchitectureTest {
    private static final Map<String, Set<String>> SEES = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("shim", Set.of()),
            Map.entry("btf", Set.of("model")),
            Map.entry("kernel", Set.of("model")),
            Map.entry("kernel.libbpf", Set.of("kernel", "model", "btf", "shim")),
            Map.entry("collect", Set.of("model", "kernel")),
            Map.entry("history", Set.of("model")),
            Map.entry("diagnose", Set.of("model", "history")),
            Map.entry("disasm", Set.of("model", "btf")),
            Map.entry("swap", Set.of("model", "kernel")),
            Map.entry("journal", Set.of("model", "kernel", "swap", "export")),
            Map.entry("export", Set.of("model", "history", "diagnose", "disasm", "swap")),
            Map.entry("tui.terminal", Set.of("model", "shim")),
            Map.entry("tui.cell", Set.of("model", "export")),
            Map.entry("tui.table", Set.of("tui.cell", "model", "history", "diagnose", "export")),
            Map.entry(
                    "tui.page",
                    Set.of("tui.cell", "tui.table", "model", "history", "diagnose", "disasm", "btf", "export", "swap")),
            Map.entry(
                    "tui.state",
                    Set.of(
                            "tui.cell",
                            "tui.table",
                            "tui.page",
                            "model",
                            "history",
                            "diagnose",
                            "disasm",
                            "export",
                            "swap")),
            Map.entry(
                    "tui.view",
                    Set.of(
                            "tui.cell",
                            "tui.table",
                            "tui.page",
                            "tui.state",
                            "model",
                            "history",
                            "diagnose",
                            "export",
                            "swap")),
            Map.entry(
                    "tui",
                    Set.of(
                            "tui.cell",
                            "tui.page",
                            "tui.state",
                            "tui.table",
                            "tui.terminal",
                            "tui.view",
                            "model",
                            "history",
                            "diagnose",
                            "disasm",
                            "export")),
            Map.entry("lab", Set.of("model", "kernel")),
            Map.entry("probe", Set.of("model", "kernel")));

    /** Rooms that nobody has moved into yet. */
    private static final Set<String> EMPTY = Set.of("probe");

    private static final String MAIN = "bpfbay..cli.Main";

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("bpfbay");

    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("bpfbay.planted");

    /** A rule with the class planted to break it. */
    private record Guarded(ArchRule rule, String intruder) {
        @Override
        public String toString() {
            return rule.getDescription();
        }
    }

    static Stream<Guarded> rules() {
        List<Guarded> rules = new ArrayList<>();
        SEES.forEach((room, seen) -> rules.add(new Guarded(onlySees(room, seen), room + ".SeesTheCommandLine")));
        rules.add(new Guarded(slices().matching("bpfbay.(**)").should().beFreeOfCycles(), "cli.Commands"));
        rules.add(new Guarded(modelIsPlain(), "model.SeesGson"));
        rules.add(new Guarded(onlyIn("com.sun.jna..", "kernel.libbpf"), "collect.SeesJna"));
        rules.add(new Guarded(onlyIn("com.googlecode.lanterna..", "tui", "tui.terminal"), "history.SeesLanterna"));
        rules.add(new Guarded(onlyIn("org.jline..", "tui.terminal", "cli"), "tui.SeesJline"));
        rules.add(new Guarded(onlyIn("com.google.gson..", "export", "journal"), "model.SeesGson"));
        rules.add(new Guarded(onlyMainEndsTheProcess(), "lab.EndsTheProcess"));
        rules.add(new Guarded(onlyMainHasTheStandardStreams(), "lab.Prints"));
        rules.add(new Guarded(noEmptyNames(), "export.StringUtil"));
        rules.add(new Guarded(noStaticMutableState(), "history.Counts"));
        rules.add(new Guarded(noCheckedExceptions(), "export.WontSay"));
        rules.add(new Guarded(noThreadlessNamespace(), "collect.AsksTheJdk"));
        return rules.stream();
    }

    private static String[] inRooms(String... rooms) {
        return Stream.of(rooms).map(room -> "bpfbay.." + room).toArray(String[]::new);
    }

    private static ArchRule onlySees(String room, Set<String> seen) {
        String[] allowed = Stream.concat(Stream.of(room), seen.stream())
                .map(name -> "bpfbay.." + name)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("bpfbay.." + room)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("bpfbay..")).or(resideInAnyPackage(allowed)))
                .allowEmptyShould(EMPTY.contains(room))
                .as(room + " sees only " + new TreeSet<>(seen));
    }

    private static ArchRule onlyIn(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(inRooms(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .as(library + " only in " + List.of(rooms));
    }

    private static ArchRule modelIsPlain() {
        return classes()
                .that()
                .resideInAPackage("bpfbay..model")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "bpfbay..model"))
                .as("model needs Java alone");
    }

    private static ArchRule onlyMainEndsTheProcess() {
        return noClasses()
                .that(are(not(nameMatching(pattern(MAIN)))))
                .should()
                .callMethodWhere(target(nameMatching("exit"))
                        .and(target(owner(assignableTo(System.class).or(assignableTo(Runtime.class))))))
                .as("only Main ends the process");
    }

    private static ArchRule onlyMainHasTheStandardStreams() {
        return noClasses()
                .that(are(not(nameMatching(pattern(MAIN)))))
                .should()
                .accessFieldWhere(target(nameMatching("out|err|in")).and(target(owner(assignableTo(System.class)))))
                .as("only Main has the standard streams");
    }

    private static ArchRule noEmptyNames() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .as("a name says what a class is");
    }

    private static ArchRule noStaticMutableState() {
        return fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .as("no static mutable state");
    }

    private static ArchRule noCheckedExceptions() {
        return classes()
                .that()
                .areAssignableTo(Exception.class)
                .should()
                .beAssignableTo(RuntimeException.class)
                .allowEmptyShould(true)
                .as("no checked exceptions");
    }

    /** These answer for the namespace of whatever thread the JDK asks them on. */
    private static ArchRule noThreadlessNamespace() {
        return noClasses()
                .should()
                .dependOnClassesThat(nameMatching("java\\.net\\.NetworkInterface"))
                .as("the JDK is not asked about network namespaces");
    }

    private static String pattern(String name) {
        return name.replace(".", "\\.").replace("\\.\\.", "\\..*");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_program_keeps_it(Guarded guarded) {
        guarded.rule().check(PROGRAM);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_class_planted_to_break_it_is_found(Guarded guarded) {
        EvaluationResult result = guarded.rule().evaluate(PLANTED);
        assertTrue(result.hasViolation());
        String report = String.join("\n", result.getFailureReport().getDetails());
        assertTrue(report.contains("bpfbay.planted." + guarded.intruder()), report);
    }

    @Test
    void every_package_is_a_room() {
        Set<String> packages = PROGRAM.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring("bpfbay.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        packages.remove("cli");
        packages.removeAll(SEES.keySet());
        assertEquals(Set.of(), packages);
    }

    @Test
    void no_class_is_outside_the_rooms() {
        assertFalse(PROGRAM.stream().map(JavaClass::getPackageName).anyMatch("bpfbay"::equals));
    }
}
