package dev.mtc.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every type that can reach a secret is printed here, and shows none of it. */
class NoSecretIsPrintedTest {

    private static final String TEXT = "opensesame";
    private static final Secret SECRET = Secret.of(TEXT);

    @TestFactory
    Stream<DynamicTest> toString_ofEachType_isOneLineWithoutTheSecret() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getClass().getSimpleName(), () -> assertThat(String.valueOf(sample))
                                .doesNotContain(TEXT)
                                .doesNotContain("\n")
                                .doesNotMatch(".*@[0-9a-f]{5,8}.*")));
    }

    @Test
    void samples_coverEachPublicTypeThatReachesASecret() {
        Set<Class<?>> covered = samples().map(Object::getClass).collect(toSet());

        List<Class<?>> reaching = ApiListing.visibleTypes(Plan.class)
                .filter(type -> !type.isInterface())
                .filter(type -> reaches(type, new HashSet<>()))
                .toList();

        assertThat(reaching).contains(Registry.class, PlanBuilder.class, RunRequest.class);
        assertThat(covered).containsAll(reaching);
    }

    private static boolean reaches(Type type, Set<Type> seen) {
        if (type == Secret.class) {
            return true;
        }
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments()).anyMatch(argument -> reaches(argument, seen));
        }
        if (!(type instanceof Class<?> plain) || !plain.getName().startsWith("dev.mtc.api.") || !seen.add(type)) {
            return false;
        }
        Class<?>[] permitted = plain.isSealed() ? plain.getPermittedSubclasses() : new Class<?>[0];
        return Stream.concat(
                        Stream.of(plain.getDeclaredFields())
                                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                                .map(Field::getGenericType),
                        Stream.of(permitted))
                .anyMatch(next -> reaches(next, seen));
    }

    private static Stream<Object> samples() {
        Registry registry =
                Registry.at("registry.example").credentials("me", SECRET).pullCredentials("pods", SECRET);
        Cluster cluster = Clusters.fromToken("https://api.example:6443", SECRET).registry(registry);
        S3Storage storage = Storage.s3("backups").credentials("id", SECRET);
        PlanBuilder builder = Plan.named("shop")
                .from(cluster)
                .to(cluster.named("other"))
                .via(storage)
                .namespace("shop");
        Plan plan = builder.build();
        RunRequest request = new RunRequest(
                plan,
                RunRequest.Kind.CUTOVER,
                Set.of(),
                RunRequest.RunAs.UNSAID,
                null,
                noStore(),
                List.of(),
                List.of(),
                null,
                Clock.systemUTC(),
                Duration.ofMinutes(5),
                FailurePolicy.CLEAN_UP,
                null);
        ControllerRequest controlled = new ControllerRequest(
                cluster,
                "openshift-migration",
                "one",
                List.of(cluster),
                List.of(),
                Clock.systemUTC(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                PlanLimits.none());
        return Stream.of(
                SECRET,
                registry,
                cluster,
                cluster.connection(),
                storage,
                Repository.of(storage),
                Backups.of(plan),
                builder,
                plan,
                Migration.of(plan),
                request,
                Controller.on(cluster),
                controlled,
                plan.toManifests());
    }

    private static StateStore noStore() {
        return (StateStore) Proxy.newProxyInstance(
                StateStore.class.getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> "");
    }
}
