package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.towncrier.client.ApiClient;
import io.towncrier.client.ApiException;
import io.towncrier.client.DevicesApi;
import io.towncrier.client.OperatorsApi;
import io.towncrier.client.UpdateCheckApi;
import io.towncrier.client.model.AlertsChange;
import io.towncrier.client.model.Audience;
import io.towncrier.client.model.ClientFacts;
import io.towncrier.client.model.Decision;
import io.towncrier.client.model.DeviceAlerts;
import io.towncrier.client.model.DeviceFacts;
import io.towncrier.client.model.DeviceKind;
import io.towncrier.client.model.DeviceRegistration;
import io.towncrier.client.model.Notice;
import io.towncrier.client.model.NoticeDraft;
import io.towncrier.client.model.NoticeKind;
import io.towncrier.client.model.NoticeState;
import io.towncrier.client.model.NoticeText;
import io.towncrier.client.model.PendingPushAddress;
import io.towncrier.client.model.ProductDraft;
import io.towncrier.client.model.PublishedRelease;
import io.towncrier.client.model.PushAddress;
import io.towncrier.client.model.PushAddressProof;
import io.towncrier.client.model.RegisteredDevice;
import io.towncrier.client.model.Release;
import io.towncrier.client.model.ReleaseDraft;
import io.towncrier.client.model.ReleaseText;
import io.towncrier.client.model.RolloutPhase;
import io.towncrier.client.model.RolloutPhases;
import io.towncrier.client.model.UpdateAnswer;
import io.towncrier.client.model.Widening;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that is generated from the contract does the whole job against the running server. */
@QuarkusTest
@Tag("zoneless")
class ClientStoryIT {
  private final String product = "client-" + UUID.randomUUID();

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void anAppRegistersProvesItsAddressChecksAndOptsOut() throws ApiException {
    RegisteredDevice made =
        new DevicesApi(client(""))
            .registerDevice(
                new DeviceRegistration()
                    .kind(DeviceKind.PHONE)
                    .product("router-app-android")
                    .version("3.0.1")
                    .country("DE")
                    .timezone("Europe/Berlin")
                    .language("gd"));
    String id = made.getDeviceId();
    DevicesApi phone = new DevicesApi(client(made.getSecret()));
    String address = "tok-" + UUID.randomUUID();
    PendingPushAddress pending =
        phone.setPushAddress(
            id,
            new PushAddress()
                .provider(PushAddress.ProviderEnum.FCM)
                .kind(PushAddress.KindEnum.TOKEN)
                .value(address));
    assertThat(pending.getChallengeExpiresAt()).isNotNull();
    List<String> pushed = LoopbackFcm.running().challengesTo(address);
    phone.confirmPushAddress(id, new PushAddressProof().challenge(pushed.get(0)));
    assertThat(phone.getDevice(id).getPushAddress()).isTrue();

    UpdateAnswer offered =
        new UpdateCheckApi(client(""))
            .checkForUpdateWithBody(
                "router-app-android", new ClientFacts().version("3.0.1").country("DE"));
    assertThat(offered.getDecision()).isEqualTo(Decision.OFFER);
    assertThat(offered.getRelease().getNotes().getTitle()).isNotBlank();
    assertThat(phone.checkAsDevice(id, new DeviceFacts().version("3.0.1")).getUnreadNotices())
        .isZero();

    DeviceAlerts before = phone.getDeviceAlerts(id, null);
    DeviceAlerts after =
        phone.changeDeviceAlerts(
            id,
            new AlertsChange().pushCategories(Map.of("announcement", false)),
            "\"" + before.getRevision() + "\"");
    assertThat(after.getPushCategories()).containsEntry("announcement", false);
    assertThat(after.getEffectiveAt()).isNotNull();
    assertThatThrownBy(
            () ->
                phone.changeDeviceAlerts(
                    id, new AlertsChange().push(false).revision(before.getRevision()), null))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(409));

    String notice = announced();
    assertThat(phone.listDeviceNotices(id, null, null, null, null).getItems())
        .anyMatch(found -> found.getId().equals(notice) && !found.getRead());
    phone.markDeviceNoticeRead(id, notice);
    assertThat(phone.listDeviceNotices(id, null, 1, null, null).getItems().get(0).getRead())
        .isTrue();
  }

  @Test
  void anOperatorDraftsPublishesAndSteersARelease() throws ApiException {
    OperatorsApi operator = operator();
    operator.createProduct(
        new ProductDraft()
            .id(product)
            .name("Client")
            .kind(ProductDraft.KindEnum.FIRMWARE)
            .defaultLanguage("en"));
    Release draft =
        operator.createRelease(
            new ReleaseDraft()
                .product(product)
                .version("2.0")
                .severity(ReleaseDraft.SeverityEnum.RECOMMENDED)
                .notes(Map.of("en", new ReleaseText().title("New").body("Better."))),
            product);
    assertThat(draft.getPublishedAt()).isNull();
    PublishedRelease published =
        operator.publishRelease(draft.getId(), null, new Widening().revision(draft.getRevision()));
    assertThat(published.getPublishedAt()).isNotNull();
    assertThat(published.getWouldTell().getAtMost()).isNotNegative();
    Release steered =
        operator.setRolloutPhases(
            draft.getId(),
            new RolloutPhases()
                .phases(List.of(new RolloutPhase().percentage(BigDecimal.valueOf(100)))),
            "\"" + published.getRevision() + "\"");
    assertThat(steered.getRollout().getPhases()).hasSize(1);
    assertThat(operator.haltRollout(draft.getId(), null, null).getRollout().getState())
        .hasToString("halted");
    assertThat(operator.listReleases(null, null, product, null, null, null).getTotal())
        .isEqualTo("1");
  }

  private String announced() throws ApiException {
    OperatorsApi operator = operator();
    Notice draft =
        operator.createNotice(
            new NoticeDraft()
                .kind(NoticeKind.ANNOUNCEMENT)
                .defaultLanguage("en")
                .texts(Map.of("en", new NoticeText().title("Hello").body("A word.")))
                .audience(new Audience().languages(List.of("gd"))),
            null);
    operator.startNotice(draft.getId(), null, new Widening().revision(draft.getRevision()));
    assertThat(operator.getNotice(draft.getId(), null).getState())
        .isIn(NoticeState.RUNNING, NoticeState.DONE);
    return draft.getId();
  }

  private static OperatorsApi operator() {
    return new OperatorsApi(client(TestPostgres.OPERATOR_TOKEN));
  }

  private static ApiClient client(String credential) {
    ApiClient client = new ApiClient();
    client.updateBaseUri("http://127.0.0.1:" + RestAssured.port);
    if (!credential.isEmpty()) {
      client.setRequestInterceptor(
          request -> request.header("Authorization", "Bearer " + credential));
    }
    return client;
  }
}
