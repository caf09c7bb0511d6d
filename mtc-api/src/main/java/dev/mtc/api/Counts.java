package dev.mtc.api;

/** Numbers of things in words. */
final class Counts {

    private Counts() {}

    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
