package dev.mtc.transfer.internal.rsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mtc.transfer.internal.pods.Scripts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that describes a device, run by this machine's bash; a file stands for the device. */
@EnabledOnOs(OS.LINUX)
class DeviceScriptIT {

    private static final int EXTENT = 64 << 20;
    private static final long SIZE = 2L * EXTENT + 1536;

    @TempDir
    private Path directory;

    private Path device;

    @BeforeEach
    void make() throws IOException {
        device = directory.resolve("device");
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(5);
            file.write("content".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void finish_oneByteFlipped_oneExtentDiffers() throws Exception {
        List<String> before = describe("full", SIZE);
        write(EXTENT + 77L, 1);
        List<String> after = describe("full", SIZE);

        assertThat(before).hasSize(3).allMatch(line -> line.matches("\\./bytes from \\d{16}\th\t[0-9a-f]{64}"));
        List<String> different = new ArrayList<>(after);
        different.removeAll(before);
        assertThat(different).singleElement().asString().startsWith("./bytes from 0000000067108864\t");
    }

    @Test
    void finish_behindTheEndOfTheSource_doesNotMatter() throws Exception {
        List<String> before = describe("full", SIZE - 512);
        write(SIZE - 100, 1);

        assertThat(describe("full", SIZE - 512)).isEqualTo(before);
        assertThat(describe("full", SIZE)).isNotEqualTo(before);
    }

    @Test
    void finish_deviceEndsTooSoon_isNotEqual() throws Exception {
        List<String> whole = describe("full", SIZE);
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.setLength(SIZE - 512);
        }

        assertThat(describe("full", SIZE)).isNotEqualTo(whole);
    }

    @Test
    void finish_sampledAndMetadata_readLess() throws Exception {
        assertThat(describe("metadata", SIZE)).isEmpty();
        assertThat(describe("sampled", SIZE)).hasSize(3);
    }

    @Test
    void finish_deviceThatCannotBeRead_saysSoAndIsEqualToNothing() throws Exception {
        Files.delete(device);

        assertThat(describe("full", SIZE)).hasSize(3).allMatch(line -> line.endsWith("\th\tunreadable (target)"));
    }

    private void write(long offset, int value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "rw")) {
            file.seek(offset);
            file.write(value);
        }
    }

    private List<String> describe(String level, long size) throws Exception {
        Path work = Files.createTempDirectory(directory, "work");
        ProcessBuilder bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        Scripts.describing() + Scripts.read(DeviceScriptIT.class, "device.sh")
                                + "list /volume; if [[ $LEVEL == sampled ]]; then choose_sample; fi;"
                                + " finish /volume target $LEVEL; cat \"$work/state\" >&2")
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        bash.environment()
                .putAll(Map.of(
                        "DEVICE",
                        device.toString(),
                        "work",
                        work.toString(),
                        "size",
                        Long.toString(size),
                        "LEVEL",
                        level));
        Process process = bash.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(directory.resolve("err"))).endsWith("done\n");
        return Files.readAllLines(work.resolve("manifest"));
    }
}
