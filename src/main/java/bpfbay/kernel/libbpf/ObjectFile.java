package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What can be said of a file before libbpf looks into it: {@code Elf64_Ehdr} of {@code elf.h}. */
final class ObjectFile {
    private static final int HEADER_BYTES = 20;
    private static final int MAGIC = 0x7f454c46;
    private static final int CLASS = 4;
    private static final int ELFCLASS64 = 2;
    private static final int DATA = 5;
    private static final int ELFDATA2LSB = 1;
    private static final int TYPE = 16;
    private static final int ET_REL = 1;
    private static final int MACHINE = 18;
    private static final int EM_BPF = 247;

    private ObjectFile() {}

    /** Fails where it is none of BPF, with the reason. */
    static void check(Path file) {
        byte[] header = headerOf(file);
        ByteBuffer at = ByteBuffer.wrap(header);
        if (header.length < HEADER_BYTES || at.getInt(0) != MAGIC) {
            throw failed(file, Errno.ENOEXEC, "it is no ELF file, such as clang -target bpf makes");
        }
        if (header[DATA] == ELFDATA2LSB) {
            at.order(ByteOrder.LITTLE_ENDIAN);
        }
        int machine = Short.toUnsignedInt(at.getShort(MACHINE));
        if (machine != EM_BPF) {
            throw failed(file, Errno.ENOEXEC, "it is built for " + machineName(machine) + " and not for BPF");
        }
        if (at.order() != ByteOrder.nativeOrder()) {
            throw failed(file, Errno.ENOEXEC, "it is built for the other byte order");
        }
        if (header[CLASS] != ELFCLASS64 || at.getShort(TYPE) != ET_REL) {
            throw failed(file, Errno.ENOEXEC, "it is no relocatable ELF file of 64 bits");
        }
    }

    private static byte[] headerOf(Path file) {
        if (Files.isDirectory(file)) {
            throw failed(file, Errno.EISDIR, "it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw failed(file, Errno.EINVAL, "it is no regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEADER_BYTES);
        } catch (NoSuchFileException missing) {
            throw failed(file, Errno.ENOENT, "there is no such file");
        } catch (AccessDeniedException denied) {
            throw new KernelException.Denied(
                    new Problem("open", file.toString(), Errno.EACCES, "you may not read this file"));
        } catch (IOException broken) {
            throw failed(file, Errno.EIO, "it cannot be read");
        }
    }

    private static KernelException failed(Path file, int errno, String hint) {
        return new KernelException(new Problem("open", file.toString(), errno, hint));
    }

    private static String machineName(int machine) {
        return switch (machine) {
            case 3 -> "i386";
            case 40 -> "arm";
            case 62 -> "x86_64";
            case 183 -> "aarch64";
            case 243 -> "riscv";
            default -> "machine " + machine;
        };
    }
}
