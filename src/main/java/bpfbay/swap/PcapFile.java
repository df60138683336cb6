package bpfbay.swap;

import bpfbay.model.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads recordings of packets: classic pcap of either byte order, with micro- or nanoseconds. No more of the
 * file is read than is used.
 */
public final class PcapFile {
    static final int MOST = 1000;

    private static final int LONGEST = 262144;
    private static final int HEADER = 24;
    private static final int RECORD = 16;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int PCAPNG = 0x0a0d0d0a;
    private static final int ETHERNET = 1;
    /* above it stand flags */
    private static final int LINK_TYPE = 0x0fffffff;

    private PcapFile() {}

    /**
     * What was read of a recording.
     *
     * @param remark what was left out, and why; empty where nothing was
     */
    public record Recording(List<SamplePacket> packets, Optional<String> remark) {
        public Recording {
            packets = List.copyOf(packets);
        }
    }

    /** At most the first 1000 packets, and one at least. */
    public static Recording read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new NotUnderstoodException(path + " is no file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return read(path, in);
        } catch (IOException failed) {
            throw new NotUnderstoodException(path + " cannot be read: " + failed.getMessage());
        }
    }

    private static Recording read(Path path, InputStream in) throws IOException {
        ByteOrder order = order(path, in.readNBytes(HEADER));
        List<SamplePacket> packets = new ArrayList<>();
        Optional<String> remark = Optional.empty();
        while (remark.isEmpty()) {
            byte[] head = in.readNBytes(RECORD);
            if (head.length == 0) {
                break;
            }
            if (packets.size() == MOST) {
                remark = Optional.of("only the first " + MOST + " packets are used");
            } else {
                remark = add(packets, head, order, in);
            }
        }
        if (packets.isEmpty()) {
            throw new NotUnderstoodException(
                    path + " holds no packet" + remark.map(why -> ": " + why).orElse(""));
        }
        return new Recording(packets, remark);
    }

    /* what is wrong with the packet, which is then not added */
    private static Optional<String> add(List<SamplePacket> packets, byte[] head, ByteOrder order, InputStream in)
            throws IOException {
        String name = "packet " + (packets.size() + 1);
        if (head.length < RECORD) {
            return Optional.of("it ends within the header of " + name);
        }
        ByteBuffer record = ByteBuffer.wrap(head).order(order);
        long length = Integer.toUnsignedLong(record.getInt(8));
        long sent = Integer.toUnsignedLong(record.getInt(12));
        if (length > LONGEST) {
            return Optional.of(name + " claims " + length + " bytes: the file is damaged there");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            return Optional.of("it ends within " + name);
        }
        packets.add(new SamplePacket(
                sent > length ? name + " (" + length + " of " + sent + " bytes)" : name, Bytes.copyOf(bytes)));
        return Optional.empty();
    }

    private static ByteOrder order(Path path, byte[] header) {
        if (header.length < 4) {
            throw new NotUnderstoodException(path + " is no pcap file: it is too short");
        }
        ByteBuffer view = ByteBuffer.wrap(header);
        ByteOrder order = isMagic(view.getInt(0)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        view.order(order);
        if (view.getInt(0) == PCAPNG) {
            throw new NotUnderstoodException(
                    path + " is pcapng, which is not read: editcap -F pcap makes a pcap file of it");
        }
        if (!isMagic(view.getInt(0))) {
            throw new NotUnderstoodException(path + " is no pcap file");
        }
        if (header.length < HEADER) {
            throw new NotUnderstoodException(path + " holds no packet: it ends within its header");
        }
        int linkType = view.getInt(20) & LINK_TYPE;
        if (linkType != ETHERNET) {
            throw new NotUnderstoodException(path + " holds no Ethernet packets but link type " + linkType);
        }
        return order;
    }

    private static boolean isMagic(int number) {
        return number == MICROSECONDS || number == NANOSECONDS;
    }
}
