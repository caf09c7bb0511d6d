package dev.mtc.transfer.internal.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    @Test
    void of_everyKind_namesFileAttributeAndBothValues() {
        assertThat(texts(
                        "-./a\tm\tf 4755 0 0 6 100",
                        "+./a\tm\tf 755 7 8 7 101",
                        "-./b\th\t12ab",
                        "+./b\th\t98ff",
                        "-./c\tl\tx\\x09y",
                        "+./c\tl\tz",
                        "-./d\td\t1:3",
                        "+./d\td\t1:5",
                        "-./e\tk\t./a",
                        "+./e\th\t98ff",
                        "-./f\tx\tuser.k=0x76"))
                .containsExactly(
                        "a: mode 4755 on the source, 755 on the target; owner 0 on the source, 7 on the target; group 0 on"
                                + " the source, 8 on the target; size 6 on the source, 7 on the target; time 100 on the"
                                + " source, 101 on the target",
                        "b: content 12ab on the source, 98ff on the target",
                        "c: link to x\\x09y on the source, z on the target",
                        "d: device 1:3 on the source, 1:5 on the target",
                        "e: hard link to a on the source, to none before it on the target",
                        "f: attribute user.k 0x76 on the source, missing on the target");
    }

    @Test
    void of_oneSideOnly_saysWhichAndNothingElse() {
        assertThat(texts("-./gone\tm\tf 644 0 0 1 5", "-./gone\th\t12ab", "+./more\tm\td 755 0 0 - 5"))
                .containsExactly("gone: only on the source", "more: only on the target");
    }

    @Test
    void of_acl_isWrittenAsGetfaclDoes() {
        String acl = "0x0200000001000700ffffffff02000400e803000004000500ffffffff10000500ffffffff20000500ffffffff";

        assertThat(texts("+./d\tx\tsystem.posix_acl_default=" + acl, "+./e\tx\tsystem.posix_acl_access=0x01"))
                .containsExactly(
                        "d: default ACL missing on the source, user::rwx,user:1000:r--,group::r-x,mask::r-x,other::r-x on"
                                + " the target",
                        "e: ACL missing on the source, 0x01 on the target");
    }

    @Test
    void of_names_areReadableAndUnambiguous() {
        assertThat(texts(
                        "-./gr\\xc3\\xb6\\xc3\\x9fe\tx\tuser.k=0x",
                        "-./n\\xffon\tx\tuser.k=0x",
                        "-./new\\x0aline\tx\tuser.k=0x",
                        "-./back\\\\xc3\tx\tuser.k=0x",
                        "-.\tx\tuser.k=0x"))
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly("größe", "n\\xffon", "new\\x0aline", "back\\\\xc3", ".");
    }

    @Test
    void of_unreadableOrCutLines_keepsWhatIsSure() {
        assertThat(texts("-./a\th\t12ab", "+./a\th\tunreadable (target)", "-./cut\tx", "", "-./b\tq\tv"))
                .containsExactly("a: content 12ab on the source, unreadable (target) on the target");
    }

    private static List<String> texts(String... lines) {
        return Difference.of(List.of(lines)).stream().map(Difference::toString).toList();
    }
}
