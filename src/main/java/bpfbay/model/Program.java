package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A loaded program: what cannot change while it lives. Source: {@code struct bpf_prog_info}. Identity:
 * id and loadedAt, since ids come round again; the tag is not one.
 *
 * @param name the whole name, from BTF where the kernel's 15 bytes cut it
 * @param tag 16 hexadecimal digits
 * @param loadedAt {@code load_time}, since boot, on the wall clock of the first reading
 * @param uid who loaded it, u32
 * @param bytesMemlock from fdinfo or {@code aux.prog.pages}
 * @param btfId absent where it was loaded without BTF
 * @param expectedAttachType only where the program iterator loads: {@code bpf_prog_info} does not say it
 * @param fingerprint the build, not the load: tag, map definitions, BTF function names, bytes of
 *     {@code .rodata} and {@code .data}
 * @param functions a digest of the names of its BTF functions, equal for builds of the same functions
 */
public record Program(
        int id,
        ProgType type,
        String name,
        String tag,
        Instant loadedAt,
        int uid,
        License license,
        int bytesXlated,
        int bytesJited,
        OptionalLong bytesMemlock,
        int verifiedInsns,
        List<Integer> mapIds,
        OptionalInt btfId,
        Reading<AttachType> expectedAttachType,
        Reading<String> fingerprint,
        Reading<String> functions) {
    /** {@code gpl_compatible}. */
    public enum License {
        GPL_COMPATIBLE,
        OTHER
    }

    public Program {
        requireNonNull(type, "type");
        requireNonNull(name, "name");
        requireNonNull(tag, "tag");
        requireNonNull(loadedAt, "loadedAt");
        mapIds = List.copyOf(mapIds);
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(functions, "functions");
    }

    /* The generated ones are linked at run time and slow until compiled; the id tells most of them apart. */

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Program that
                        && that.id == id
                        && that.loadedAt.equals(loadedAt)
                        && that.type.equals(type)
                        && that.name.equals(name)
                        && that.tag.equals(tag)
                        && that.uid == uid
                        && that.license == license
                        && that.bytesXlated == bytesXlated
                        && that.bytesJited == bytesJited
                        && that.bytesMemlock.equals(bytesMemlock)
                        && that.verifiedInsns == verifiedInsns
                        && that.mapIds.equals(mapIds)
                        && that.btfId.equals(btfId)
                        && that.expectedAttachType.equals(expectedAttachType)
                        && that.fingerprint.equals(fingerprint)
                        && that.functions.equals(functions));
    }

    @Override
    public int hashCode() {
        return 31 * id + loadedAt.hashCode();
    }

    /** The digits that tables show of the tag, eight at the most. */
    public String shortTag() {
        return tag.substring(0, Math.min(8, tag.length()));
    }

    public ObjectId object() {
        return ObjectId.prog(id);
    }
}
