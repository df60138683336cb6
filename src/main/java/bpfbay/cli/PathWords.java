package bpfbay.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a path may go on: folders with a slash at their end, and whatever could be an object file. */
final class PathWords {
    private static final int MOST = 500;

    private PathWords() {}

    static List<String> after(String begun) {
        int slash = begun.lastIndexOf('/') + 1;
        String folder = begun.substring(0, slash);
        String name = begun.substring(slash);
        List<String> words = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path entry : entries) {
                String word = String.valueOf(entry.getFileName());
                boolean isShown = !word.startsWith(".") || name.startsWith(".");
                if (isShown && word.startsWith(name) && isOfUse(entry, word) && words.size() < MOST) {
                    words.add(folder + word + (Files.isDirectory(entry) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        Collections.sort(words);
        return words;
    }

    private static boolean isOfUse(Path entry, String word) {
        return word.endsWith(".o") || Files.isDirectory(entry);
    }
}
