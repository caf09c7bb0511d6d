package dev.mtc.api;

import java.net.InetSocketAddress;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/** What is said of a registry; not changed any more once it belongs to one. */
final class RegistryDraft {

    final String host;
    Registry.Transport transport;

    @Nullable
    String user;

    @Nullable
    Secret password;

    @Nullable
    Authorities authorities;

    @Nullable
    KeyStore clientKeys;

    @Nullable
    InetSocketAddress proxy;

    @Nullable
    String pullUser;

    @Nullable
    Secret pullPassword;

    RegistryDraft(String host, Registry.Transport transport) {
        this.host = host;
        this.transport = transport;
    }

    RegistryDraft copy() {
        RegistryDraft copy = new RegistryDraft(host, transport);
        copy.user = user;
        copy.password = password;
        copy.authorities = authorities;
        copy.clientKeys = clientKeys;
        copy.proxy = proxy;
        copy.pullUser = pullUser;
        copy.pullPassword = pullPassword;
        return copy;
    }
}
