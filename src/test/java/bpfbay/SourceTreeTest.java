package bpfbay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules about files: their size, what every package says of itself, words that mean unfinished work, and the top level. */
class SourceTreeTest {
    private static final int MOST_LINES = 500;
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    private static final Set<String> TOP_LEVEL = Set.of(
            "pom.xml", "src", "native", "bpf", "screenshots", "README.md", "bpfbay", "verify", "LICENSE", "target");

    private static final Path CHECKOUT = Path.of(System.getProperty("bpfbay.home"));

    @TempDir
    Path planted;

    @Test
    void no_file_is_long() {
        assertEquals(List.of(), longFiles(CHECKOUT));
    }

    @Test
    void a_long_file_is_found() throws IOException {
        plant("src/main/java/Long.java", "//\n".repeat(MOST_LINES + 1));
        plant("bpf/just_right.c", "//\n".repeat(MOST_LINES));
        assertEquals(List.of("src/main/java/Long.java"), longFiles(planted));
    }

    @Test
    void every_package_says_what_it_is() {
        assertEquals(List.of(), silentPackages(CHECKOUT));
    }

    @Test
    void a_silent_package_is_found() throws IOException {
        plant("src/main/java/a/A.java", "");
        plant("src/main/java/b/B.java", "");
        plant("src/main/java/b/package-info.java", "@NullMarked\npackage b;");
        plant("src/main/java/c/C.java", "");
        plant("src/main/java/c/package-info.java", "package c;");
        assertEquals(List.of("src/main/java/a", "src/main/java/c"), silentPackages(planted));
    }

    @Test
    void nothing_is_left_unfinished() {
        assertEquals(List.of(), unfinished(CHECKOUT));
    }

    @Test
    void an_unfinished_file_is_found() throws IOException {
        plant("native/later.c", "/* TODO: errors */");
        plant("bpf/done.bpf.c", "/* done */");
        assertEquals(List.of("native/later.c"), unfinished(planted));
    }

    @Test
    void the_top_level_is_what_it_is() {
        assertTrue(strangers(CHECKOUT).isEmpty(), () -> "not at the top level: " + strangers(CHECKOUT));
    }

    @Test
    void a_stranger_at_the_top_level_is_found() throws IOException {
        plant("notes.txt", "");
        plant(".gitignore", "");
        assertEquals(List.of("notes.txt"), strangers(planted));
    }

    private void plant(String path, String text) throws IOException {
        Path file = planted.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> longFiles(Path root) {
        return find(root, List.of("src", "native", "bpf"), file -> lines(file).size() > MOST_LINES);
    }

    private static List<String> unfinished(Path root) {
        return find(root, List.of("src/main", "native", "bpf"), file -> lines(file).stream()
                .anyMatch(line -> UNFINISHED.matcher(line).find()));
    }

    private static List<String> silentPackages(Path root) {
        return find(root, List.of("src/main/java"), file -> file.toString().endsWith(".java")).stream()
                .map(file -> Path.of(file).getParent())
                .distinct()
                .filter(folder -> !saysWhatItIs(root.resolve(folder).resolve("package-info.java")))
                .map(Path::toString)
                .sorted()
                .toList();
    }

    private static boolean saysWhatItIs(Path info) {
        return Files.exists(info) && lines(info).contains("@NullMarked");
    }

    private static List<String> strangers(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !TOP_LEVEL.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Question {
        boolean yes(Path file);
    }

    /** Paths below the root of the source files that answer yes. Golden frames and pictures are not sources. */
    private static List<String> find(Path root, List<String> folders, Question question) {
        return folders.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(SourceTreeTest::sources)
                .filter(question::yes)
                .map(file -> root.relativize(file).toString())
                .sorted()
                .toList();
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|c|h|sh)|.*/Makefile"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
