package dev.mtc.transfer.internal.rsync;

import dev.mtc.transfer.internal.pods.MoverPod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command that runs in a mover pod, with what it reads and writes. Back-pressure reaches the command both ways. */
final class CommandStream implements ExecListener, AutoCloseable {

    private final ByteQueue output = new ByteQueue();
    private final Words words = new Words();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable ExecWatch watch;

    private CommandStream() {}

    /** {@return a command that has begun to run} */
    static CommandStream run(Tunnel.End end, String... command) {
        CommandStream stream = new CommandStream();
        stream.watch = end.client()
                .pods()
                .resource(end.pod())
                .inContainer(MoverPod.CONTAINER)
                .redirectingInput()
                .writingOutput(stream.output)
                .writingError(stream.words)
                .usingListener(stream)
                .exec(command);
        return stream;
    }

    /** What the command says beside its output. */
    private final class Words extends OutputStream {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            said.write(bytes, offset, length);
            notifyAll();
        }

        private synchronized void wake() {
            notifyAll();
        }

        private synchronized boolean await(String word) throws InterruptedException {
            while (!said.toString(StandardCharsets.UTF_8).contains(word)) {
                if (ended.getCount() == 0) {
                    return false;
                }
                wait();
            }
            return true;
        }
    }

    /** Waits until the command says a word beside its output; {@return whether it did before it ended} */
    boolean awaitWord(String word) throws InterruptedException {
        return words.await(word);
    }

    /** {@return how many bytes of its output were read, 0 at the end} */
    int read(byte[] into) throws InterruptedException {
        return output.read(into);
    }

    /** Has the command read bytes; blocks while it is too slow. */
    void write(byte[] bytes, int length) throws IOException {
        ExecWatch running = watch;
        if (running == null || ended.getCount() == 0) {
            throw new IOException("the command has ended");
        }
        OutputStream input = running.getInput();
        input.write(bytes, 0, length);
        input.flush();
    }

    /** Waits for its end, but not for long. */
    void awaitEnd(Duration limit) throws InterruptedException {
        if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
        }
    }

    private void end() {
        ended.countDown();
        output.end();
        words.wake();
    }

    @Override
    public void onExit(int code, Status status) {
        end();
    }

    @Override
    public void onFailure(Throwable failure, @Nullable Response response) {
        end();
    }

    @Override
    public void onClose(int code, String reason) {
        end();
    }

    @Override
    public void close() {
        ExecWatch running = watch;
        if (running != null) {
            running.close();
        }
        end();
    }
}
