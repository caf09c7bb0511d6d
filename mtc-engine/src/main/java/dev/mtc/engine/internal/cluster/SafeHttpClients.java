package dev.mtc.engine.internal.cluster;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Makes HTTP clients whose answers can be closed while another thread waits for more of them, as fabric8 closes watches. OkHttp's
 * answers are not made for that: both threads would read into one buffer, which would then be used for two connections at once, of
 * whatever client in this process.
 */
public final class SafeHttpClients extends OkHttpClientFactory {

    private static final int SWITCHING_PROTOCOLS = 101;

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.addInterceptor(SafeHttpClients::guarded);
    }

    private static Response guarded(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        if (response.code() == SWITCHING_PROTOCOLS) {
            return response;
        }
        ResponseBody body = response.body();
        BufferedSource guarded = (BufferedSource) Proxy.newProxyInstance(
                SafeHttpClients.class.getClassLoader(),
                new Class<?>[] {BufferedSource.class},
                new OneAtATime(body.source(), chain.call()));
        return response.newBuilder()
                .body(ResponseBody.create(guarded, body.contentType(), body.contentLength()))
                .build();
    }

    /** Lets one thread use an answer; who closes it has another one that waits for more give up first. */
    private static final class OneAtATime implements InvocationHandler {

        private final BufferedSource answer;
        private final Call call;
        private final ReentrantLock inUse = new ReentrantLock();

        OneAtATime(BufferedSource answer, Call call) {
            this.answer = answer;
            this.call = call;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (!inUse.tryLock()) {
                if (method.getName().equals("close")) {
                    call.cancel();
                }
                inUse.lock();
            }
            try {
                return method.invoke(answer, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                inUse.unlock();
            }
        }
    }
}
