package bpfbay.journal;

import bpfbay.model.RawText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the lines of a file and of those set aside before it, while others write and set aside. */
final class Lines {
    /** More than any entry needs. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final int TRIES = 16;

    private final int most;

    /**
     * @param most how many bytes of one file are read; of a longer one these are the last
     */
    Lines(int most) {
        this.most = most;
    }

    /** One line, or what is wrong with it. */
    record Line(Path file, int number, String text, Optional<String> wrong) {}

    private record Opened(Path file, Object key, SeekableByteChannel channel) {}

    /** The oldest first. */
    List<Line> read(Path file) {
        List<Opened> opened = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        try {
            // in the direction in which they are renamed, so that none slips through
            Set<Object> seen = new HashSet<>();
            for (Path path : Generations.newestFirst(file)) {
                Optional<Opened> one = open(path, lines);
                if (one.isPresent()) {
                    opened.add(0, one.get());
                }
            }
            for (Opened one : opened) {
                if (seen.add(one.key())) {
                    split(one.file(), one.channel(), lines);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            opened.forEach(Lines::close);
        }
        return lines;
    }

    /** Of the file and those set aside: which they are, their lengths and the times they were written. */
    static List<Object> state(Path file) {
        List<Object> state = new ArrayList<>();
        try {
            for (Path path : Generations.newestFirst(file)) {
                try {
                    BasicFileAttributes attributes =
                            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                    state.add(List.of(path, attributes.fileKey(), attributes.size(), attributes.lastModifiedTime()));
                } catch (NoSuchFileException none) {
                    state.add(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return state;
    }

    /** With its identity, which the open file itself does not tell. */
    private static Optional<Opened> open(Path path, List<Line> lines) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            SeekableByteChannel channel;
            Object before;
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isRegularFile()) {
                    lines.add(new Line(path, 0, "", Optional.of("it is not a file")));
                    return Optional.empty();
                }
                before = attributes.fileKey();
                channel = Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
            if (before.equals(keyOf(path))) {
                return Optional.of(new Opened(path, before, channel));
            }
            channel.close();
        }
        return Optional.empty();
    }

    private static Object keyOf(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException e) {
            return path;
        }
    }

    private void split(Path file, SeekableByteChannel channel, List<Line> lines) throws IOException {
        long size = channel.size();
        boolean isCut = size > most;
        if (isCut) {
            channel.position(size - most);
            lines.add(new Line(file, 0, "", Optional.of("only its last " + most + " bytes are read")));
        }
        byte[] bytes = readAll(channel);
        int start = isCut ? afterLineFeed(bytes, 0) : 0;
        for (int number = 1; start < bytes.length; number++) {
            int next = afterLineFeed(bytes, start);
            int end = bytes[next - 1] == '\n' ? next - 1 : next;
            if (end - start > LONGEST_LINE) {
                lines.add(new Line(file, number, "", Optional.of("it is longer than any")));
            } else if (end > start) {
                lines.add(new Line(file, number, RawText.decode(bytes, start, end - start), Optional.empty()));
            }
            start = next;
        }
    }

    private static int afterLineFeed(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }

    /* it may grow meanwhile, or shrink */
    private byte[] readAll(SeekableByteChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer part = ByteBuffer.allocate(1 << 16);
        while (all.size() < most && channel.read(part) > 0) {
            all.write(part.array(), 0, part.position());
            part.clear();
        }
        return all.toByteArray();
    }

    private static void close(Opened opened) {
        try {
            opened.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
