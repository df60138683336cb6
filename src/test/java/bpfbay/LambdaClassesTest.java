package bpfbay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the build made of the lambdas: classes, so that none is made while the screen starts. */
class LambdaClassesTest {
    private static final Path CLASSES = Path.of(System.getProperty("bpfbay.home"), "target", "classes");

    @Test
    void no_class_makes_a_lambda_at_run_time() {
        assertEquals(List.of(), making(CLASSES));
    }

    @Test
    void a_class_that_makes_one_is_found() {
        assertTrue(making(CLASSES.resolveSibling("test-classes")).contains("bpfbay/LambdaClassesTest.class"));
    }

    /** Only those that have a place of it name the platform's maker of lambdas. */
    private static List<String> making(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> text(file).contains("java/lang/invoke/LambdaMetafactory"))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
