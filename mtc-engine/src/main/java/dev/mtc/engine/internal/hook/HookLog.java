package dev.mtc.engine.internal.hook;

import dev.mtc.engine.internal.cluster.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;

/** The end of what a hook's pod printed, short enough for an error. */
final class HookLog {

    private static final int LINES = 20;
    private static final int WIDTH = 200;
    private static final int BYTES = 1 << 20;

    private HookLog() {}

    /** {@return a half sentence with the last lines, or why there are none} */
    static String end(ApiServer server, String namespace, String pod) {
        try {
            String text = server.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .limitBytes(BYTES)
                    .tailingLines(LINES)
                    .getLog();
            List<String> lines = lines(text == null ? "" : text);
            return lines.isEmpty()
                    ? "its log is empty"
                    : lines.stream().map(line -> "\n    " + line).collect(Collectors.joining("", "its log ends", ""));
        } catch (KubernetesClientException e) {
            return "its log cannot be read (HTTP " + e.getCode() + ")";
        }
    }

    /** {@return the last lines without colours and other control characters} */
    static List<String> lines(String text) {
        List<String> all = text.lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", " "))
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .map(line -> line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…")
                .toList();
        return all.subList(Math.max(0, all.size() - LINES), all.size());
    }
}
