package dev.mtc.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.mtc.api.ImageChoice;
import dev.mtc.api.Registry;
import dev.mtc.api.Secret;
import dev.mtc.examples.bench.Copies.Took;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * mtc in a Java process of its own, which has no more heap than is wanted and nothing to do but copy. It is told what to copy line
 * by line and tells what that took.
 */
final class MtcProcess implements AutoCloseable {

    /** 64 MB, in whole MiB. */
    static final int HEAP_MIB = 61;

    private static final String PASSWORD = "MTC_BENCH_PASSWORD";
    private static final String TOOK = "took ";
    private static final OperatingSystemMXBean CPU = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;
    private long mostHeapMib;

    /**
     * Starts it.
     *
     * @param source where images are, over plain HTTP
     * @param target where they go, over TLS
     */
    MtcProcess(Registry source, Registry target) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MtcProcess.class.getName(),
                source.host(),
                target.host(),
                target.user().orElse("")));
        target.caBundle().ifPresent(pem -> command.add(pem.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(PASSWORD, target.password().map(Secret::reveal).orElse(""));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Java cannot be started once more: " + e, e);
        }
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Copies all images of a set.
     *
     * @param run where they are on the source
     * @param place where they go on the target
     * @param choice with attachments or without
     */
    Took copy(ImageSet set, String run, String place, ImageChoice choice) {
        orders.println(String.join(
                " ",
                set.name(),
                "" + set.images(),
                "" + set.shared(),
                "" + set.own(),
                "" + set.layerMib(),
                run,
                place,
                "" + choice.bringsAttachments()));
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(TOOK)) {
                    return took(line.substring(TOOK.length()).split(" ", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("The process of mtc ended; what it said stands above");
    }

    private Took took(String[] figures) {
        mostHeapMib = Math.max(mostHeapMib, Long.parseLong(figures[2]));
        return new Took(
                Long.parseLong(figures[0]) / 1e9,
                Long.parseLong(figures[1]) / 1e9,
                ProcessUse.peakRssMib(process.pid()));
    }

    /** {@return the most heap that was in use after a collection so far} */
    long mostHeapMib() {
        return mostHeapMib;
    }

    @Override
    public void close() {
        orders.close();
        process.onExit().join();
    }

    /** Copies as the lines of its input say. */
    public static void main(String[] arguments) {
        Registry target = Registry.at(arguments[1]);
        target = arguments[2].isEmpty() ? target : target.credentials(arguments[2], Secret.fromEnv(PASSWORD));
        target = arguments.length > 3 ? target.caBundle(Path.of(arguments[3])) : target;
        HeapGauge heap = new HeapGauge();
        try (MtcImages mtc = new MtcImages(Registry.at(arguments[0]).plainHttp(), target);
                Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
                PrintStream answers =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            while (lines.hasNextLine()) {
                String[] order = lines.nextLine().split(" ", -1);
                int[] sizes = new int[4];
                for (int i = 0; i < sizes.length; i++) {
                    sizes[i] = Integer.parseInt(order[1 + i]);
                }
                ImageSet set = new ImageSet(order[0], sizes[0], sizes[1], sizes[2], sizes[3]);
                ImageChoice choice = Boolean.parseBoolean(order[7])
                        ? ImageChoice.copy()
                        : ImageChoice.copy().withoutAttachments();
                long cpu = CPU.getProcessCpuTime();
                long begin = System.nanoTime();
                mtc.copy(set, order[5], order[6], choice);
                long wall = System.nanoTime() - begin;
                answers.println(TOOK + wall + " " + (CPU.getProcessCpuTime() - cpu) + " " + heap.mostMib());
            }
        }
    }
}
