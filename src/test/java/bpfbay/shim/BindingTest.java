package bpfbay.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Tool;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A method that no function stands behind would fail only when it is called, which may be in the middle of a swap. */
class BindingTest {
    @Test
    void each_native_method_has_its_function_in_the_shim_and_each_function_its_method() {
        Set<String> methods = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("bpfbay").stream()
                        .filter(BindingTest::isBoundByJni)
                        .flatMap(owner -> owner.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.NATIVE))
                        .map(method -> "Java_" + method.getOwner().getName().replace('.', '_') + "_"
                                + method.getName().replace("_", "_1"))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> functions = Tool.run(
                        "nm",
                        "--dynamic",
                        "--defined-only",
                        "--format=just-symbols",
                        Shim.library().toString())
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(methods, functions);
        assertTrue(methods.size() > 50, () -> methods.toString());
    }

    private static boolean isBoundByJni(JavaClass owner) {
        return owner.getSimpleName().endsWith("Shim")
                || Set.of("bpfbay.shim", "bpfbay.tui.terminal").contains(owner.getPackageName());
    }
}
