package dev.mtc.examples.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sample shop of the test bed in a namespace: a database, a web server, a tree of awkward files. */
final class Shop {

    private static final String FILL =
            """
            CREATE TABLE IF NOT EXISTS orders (id int PRIMARY KEY, customer text NOT NULL, cents bigint NOT NULL, placed timestamptz NOT NULL);
            INSERT INTO orders SELECT n, 'customer ' || n % 97, n * 137 % 100000, timestamptz '2026-01-01 00:00:00Z' + n * interval '1 minute'
              FROM generate_series(1, 1000) n ON CONFLICT DO NOTHING;
            """;
    private static final String CHECKSUM =
            "SELECT count(*) || ' rows, md5 ' || md5(string_agg(t::text, chr(10) ORDER BY id)) FROM orders t";

    private final RealNamespace namespace;

    private Shop(RealNamespace namespace) {
        this.namespace = namespace;
    }

    static Shop in(RealNamespace namespace) {
        return new Shop(namespace);
    }

    /** Deploys the shop afresh and fills it. */
    static Shop open(RealNamespace namespace) {
        if (namespace.exists()) {
            namespace.delete();
        }
        namespace.create();
        namespace.apply(manifests(namespace.name()));
        Shop shop = new Shop(namespace);
        namespace.awaitJob("fill-files");
        shop.awaitReady();
        shop.sql(FILL);
        return shop;
    }

    private static String manifests(String name) {
        try {
            return Files.readString(Path.of("testbed/samples/shop.yaml"))
                    .replace("REGISTRY/", RealClusters.env("MTC_REGISTRY_A") + "/")
                    .replace("name: shop, labels: {team: sales}", "name: " + name + ", labels: {team: sales}")
                    .replace("namespace: shop", "namespace: " + name)
                    .replace("nodePort: 30080, ", "")
                    .replace("web.shop.svc", "web." + name + ".svc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        namespace.awaitStatefulSet("postgres");
        namespace.awaitDeployment("web");
    }

    String sql(String statement) {
        return namespace.exec(
                "postgres-0",
                "psql",
                "-U",
                "postgres",
                "-h",
                "/run/postgresql",
                "-qtAX",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                statement);
    }

    /** The number of orders and a checksum over all of them. */
    String orders() {
        return sql(CHECKSUM).strip();
    }

    List<String> files() {
        return namespace.tree("files");
    }
}
