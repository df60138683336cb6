package bpfbay.kernel.libbpf;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Fd;
import bpfbay.model.ProgType;
import bpfbay.model.RawText;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code native/candidate.c} has said so far: its messages, put together. Closing lets go of what was not taken. */
final class CandidateAnswer implements AutoCloseable {
    private final List<Candidates.Defined> programs = new ArrayList<>();
    private final List<Candidates.DefinedMap> maps = new ArrayList<>();
    private final Map<String, Fd> given = new LinkedHashMap<>();
    private Optional<Loaded> loaded = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private String log = "";
    private boolean ended;

    /** The program that is in the kernel. */
    record Loaded(Fd program, int id) {}

    /**
     * @param stage the part of the work that failed
     * @param reason of the candidate's own; may be empty
     * @param warnings libbpf's, in lines
     */
    record Failure(String stage, int errno, String reason, String warnings) {}

    /** Adds a message, whose descriptors are this object's from now on. */
    void add(MessageSocket.Message message) {
        List<String> fields = List.of(message.text().split("\0", -1));
        switch (fields.get(0)) {
            case "program" ->
                programs.add(new Candidates.Defined(
                        fields.get(1), fields.get(2), new ProgType(Integer.parseUnsignedInt(fields.get(3)))));
            case "map" ->
                maps.add(new Candidates.DefinedMap(
                        fields.get(1),
                        Integer.parseUnsignedInt(fields.get(2)),
                        Integer.parseUnsignedInt(fields.get(3)),
                        Integer.parseUnsignedInt(fields.get(4)),
                        Integer.parseUnsignedInt(fields.get(5)),
                        Integer.parseUnsignedInt(fields.get(6)),
                        fields.get(7).equals("1")));
            case "given" -> message.takeDescriptor().ifPresent(fd -> given.put(fields.get(1), fd));
            case "loaded" ->
                loaded = message.takeDescriptor().map(fd -> new Loaded(fd, Integer.parseUnsignedInt(fields.get(1))));
            case "log" -> message.takeDescriptor().ifPresent(this::readLog);
            case "failed" ->
                failure = Optional.of(new Failure(
                        fields.get(1), Integer.parseUnsignedInt(fields.get(2)), fields.get(3), fields.get(4)));
            case "end" -> ended = true;
            default -> {
                message.closeDescriptors();
                throw new IllegalArgumentException("a candidate does not say " + fields.get(0));
            }
        }
    }

    private void readLog(Fd file) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (file;
                Memory piece = new Memory(64 << 10)) {
            long got = LibcFiles.pread(file.number(), Pointer.nativeValue(piece), piece.size(), 0);
            while (got > 0) {
                text.writeBytes(piece.getByteArray(0, (int) got));
                got = LibcFiles.pread(file.number(), Pointer.nativeValue(piece), piece.size(), text.size());
            }
        }
        log = RawText.decode(text.toByteArray());
    }

    /** Whether all was said; else the process has ended in the midst of it. */
    boolean isWhole() {
        return ended;
    }

    Candidates.Contents contents() {
        return new Candidates.Contents(List.copyOf(programs), List.copyOf(maps));
    }

    Optional<Failure> failure() {
        return failure;
    }

    String log() {
        return log;
    }

    /** The program and its maps, which belong to the caller from now on. */
    Candidates.Loaded takeLoaded() {
        Loaded program = loaded.orElseThrow(() -> new IllegalStateException("nothing was loaded"));
        InKernel taken = new InKernel(program.program(), program.id(), Map.copyOf(given), log);
        loaded = Optional.empty();
        given.clear();
        return taken;
    }

    @Override
    public void close() {
        loaded.ifPresent(program -> program.program().close());
        given.values().forEach(Fd::close);
    }

    private record InKernel(Fd program, int progId, Map<String, Fd> maps, String verifierLog)
            implements Candidates.Loaded {
        @Override
        public void close() {
            program.close();
            maps.values().forEach(Fd::close);
        }
    }
}
