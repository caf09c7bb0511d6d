package dev.mtc.api;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** What an engine would be asked for. */
final class CapturedRequest {

    private CapturedRequest() {}

    static RunRequest of(Migration migration) {
        List<RunRequest> asked = new ArrayList<>();
        MigrationEngine engine = proxy(MigrationEngine.class, asked);
        migration.engine(engine).state(proxy(StateStore.class, asked)).start();
        return asked.get(0);
    }

    /** {@return all of a request that comes from manifests or goes into them} */
    static String text(RunRequest request) {
        return PlanText.of(request.plan()) + "\n" + request.kind() + " "
                + request.options().stream().sorted().toList() + " " + request.runAs() + " " + request.name() + " "
                + request.onFailure();
    }

    private static <T> T proxy(Class<T> type, List<RunRequest> asked) {
        return type.cast(Proxy.newProxyInstance(
                CapturedRequest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("start")) {
                        asked.add((RunRequest) arguments[0]);
                    }
                    return null;
                }));
    }
}
