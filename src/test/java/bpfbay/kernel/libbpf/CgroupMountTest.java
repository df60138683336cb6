package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupMountTest {
    @Test
    void a_hybrid_hierarchy_is_found_below_the_old_one() {
        String mountinfo =
                """
                24 1 0:22 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                25 24 0:23 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
                34 24 0:32 / /sys/fs/cgroup/unified rw,relatime shared:7 - cgroup2 cgroup2 rw
                """;
        assertEquals(List.of(new CgroupMount("/sys/fs/cgroup/unified", "")), CgroupMount.parse(mountinfo));
    }

    @Test
    void the_mount_that_shows_the_whole_hierarchy_comes_first() {
        String mountinfo =
                """
                50 1 0:32 /kubepods/pod1 /run/part rw - cgroup2 cgroup2 rw
                51 1 0:32 / /sys/fs/cgroup rw shared:1 master:2 - cgroup2 cgroup2 rw
                """;
        assertEquals(
                List.of("/sys/fs/cgroup", "/run/part"),
                CgroupMount.parse(mountinfo).stream().map(CgroupMount::point).toList());
    }

    @Test
    void a_blank_in_a_path_is_read_back() {
        String mountinfo = "51 1 0:32 /a\\040b /mnt/c\\134d rw - cgroup2 none rw\n";
        assertEquals(List.of(new CgroupMount("/mnt/c\\d", "/a b")), CgroupMount.parse(mountinfo));
    }

    @Test
    void a_carriage_return_in_a_name_ends_no_line() {
        String mountinfo = "51 1 0:32 / /mnt/a\rb rw - cgroup2 none rw\n";
        assertEquals(List.of(new CgroupMount("/mnt/a\rb", "")), CgroupMount.parse(mountinfo));
    }

    @Test
    void lines_that_are_cut_off_are_passed_over() {
        assertEquals(List.of(), CgroupMount.parse("51 1 0:32 / /sys/fs/cgroup rw - \n51 1\n\n- cgroup2"));
    }

    @Test
    void paths_begin_at_the_root_of_the_hierarchy_wherever_the_mount_begins() {
        assertEquals("/", new CgroupMount("/m", "").pathOf(""));
        assertEquals("/a/b", new CgroupMount("/m", "").pathOf("a/b"));
        assertEquals("/kubepods", new CgroupMount("/m", "/kubepods").pathOf(""));
        assertEquals("/kubepods/pod1", new CgroupMount("/m", "/kubepods").pathOf("pod1"));
    }

    @Test
    void what_only_looks_like_an_escaped_character_stays() {
        String mountinfo = "51 1 0:32 / /mnt/a\\08\\777\\1\\1011 rw - cgroup2 none rw\n";
        assertEquals(
                List.of("/mnt/a\\08\\777\\1A1"),
                CgroupMount.parse(mountinfo).stream().map(CgroupMount::point).toList());
    }

    @Test
    void optional_fields_and_the_last_line_without_its_end_are_read() {
        String mountinfo =
                "50 1 0:31 / / rw shared:1 master:2 - ext4 /dev/sda1 rw\n51 1 0:32 / /a rw shared:3 - cgroup2";
        assertEquals(List.of(new CgroupMount("/a", "")), CgroupMount.parse(mountinfo));
    }

    @Test
    void a_line_with_fewer_fields_than_any_kernel_writes_is_left_out() {
        assertEquals(List.of(), CgroupMount.parse("51 1 0:32 / /a - cgroup2 none rw\n"));
    }
}
