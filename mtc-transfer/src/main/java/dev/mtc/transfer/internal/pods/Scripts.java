package dev.mtc.transfer.internal.pods;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The scripts that mover pods run. */
public final class Scripts {

    private Scripts() {}

    /** {@return functions that look for tools, describe trees and compare descriptions} */
    public static String describing() {
        return read(Scripts.class, "tools.sh", "manifest.sh", "compare.sh");
    }

    /**
     * {@return scripts one after the other}
     *
     * @param owner a class of the package where they are
     * @param names of their files
     */
    public static String read(Class<?> owner, String... names) {
        return Arrays.stream(names).map(name -> read(owner, name)).collect(Collectors.joining());
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The jar of mtc-transfer lacks the script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
