package dev.mtc.examples.real;

import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Somebody who goes on inserting numbered rows into the shop's database until that is stopped, and writes down which of them the
 * database said to have committed.
 */
final class WriteLoad implements AutoCloseable {

    private static final String TABLE = "CREATE TABLE ledger (n int PRIMARY KEY, text text NOT NULL)";

    /** Some twenty rows of two kilobytes a second; the number comes back when the row is committed. */
    private static final String INSERTS =
            """
            n=0
            while :; do
              n=$((n + 1))
              echo "INSERT INTO ledger VALUES ($n, repeat(md5('$n'), 64)) RETURNING n;" || exit
              sleep 0.05
            done | psql -U postgres -h /run/postgresql -qtAX -v ON_ERROR_STOP=1
            """;

    private final ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    private final ExecWatch exec;

    private WriteLoad(RealNamespace namespace) {
        exec = namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName("postgres-0")
                .writingOutput(numbers)
                .exec("sh", "-c", INSERTS);
    }

    static WriteLoad on(Shop shop, RealNamespace namespace) {
        shop.sql(TABLE);
        return new WriteLoad(namespace);
    }

    /** {@return the numbers that were committed so far; one that arrived in part is left out} */
    List<Integer> committed() {
        String text = numbers.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    /** {@return the numbers that a database has} */
    static List<Integer> in(Shop shop) {
        return shop.sql("SELECT n FROM ledger ORDER BY n")
                .lines()
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public void close() {
        exec.close();
    }
}
