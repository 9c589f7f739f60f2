// SPDX-License-Identifier: MIT
// A store that understands what S3's clients say of objects and uploads, in memory.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/fixed_random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// Objects by key, whatever their bucket. Used by one thread.
struct fake_store {
    using request = awsxx::http::request;
    using response = awsxx::http::response;

    struct upload {
        std::map<int, std::string> parts{};
        std::string algorithm{};
        std::string type{};
        std::map<int, std::string> checksums{};
    };
    std::map<std::string, std::string> objects{};
    std::map<std::string, upload> uploads{};
    std::vector<std::string> calls{};  ///< "PUT /key?partNumber=2&..." without what is random.
    std::vector<request> requests{};
    std::string checksum_header{};  ///< "name: value" that HEAD tells of the object.
    /// Answers in the store's place where it returns something.
    std::function<std::optional<awsxx::expected<response>>(const request&)> first{};
    /// Hears of each call's limits.
    std::function<void(const awsxx::http::exchange&)> seen{};
    int begun = 0;
    /// How much of each answer comes before its connection breaks, as long as there are any.
    std::deque<std::size_t> breaks{};

    static std::string tag_of(std::string_view content) {
        auto sum = *awsxx::codec::checksum::begin(awsxx::model::md5);
        sum.update(content);
        return "\"" + awsxx::crypto::to_hex(sum.finish_bytes()) + "\"";
    }
    static response told(int status, std::string body = {}) {
        response made{.status = status};
        made.body = std::move(body);
        return made;
    }
    static response refused(int status, const std::string& code) {
        return told(status, "<Error><Code>" + code + "</Code></Error>");
    }
    static std::string parameter(const request& what, std::string_view name) {
        std::string_view query = what.target.query;
        while (!query.empty()) {
            std::string_view one = awsxx::text::take_until(query, '&');
            if (awsxx::text::take_until(one, '=') == name) return std::string(one);
        }
        return {};
    }

    awsxx::expected<response> answer(const request& what) {
        calls.push_back(what.method + " " + what.target.path +
                        (what.target.query.empty() ? "" : "?" + what.target.query));
        requests.push_back(what);
        if (first)
            if (auto other = first(what)) return *std::move(other);
        const std::string key = what.target.path;
        const std::string id = parameter(what, "uploadId");
        if (what.method == "POST" && id.empty()) return begin(what);
        if (!id.empty()) return for_upload(what, id, key);
        if (what.method == "PUT") {
            objects[key] = what.body.bytes();
            return tagged(told(200), objects[key]);
        }
        return read(what, key);
    }

    response begin(const request& what) {
        const std::string id = "upload" + std::to_string(++begun);
        uploads[id].algorithm = what.headers.find("x-amz-checksum-algorithm").value_or("");
        uploads[id].type = what.headers.find("x-amz-checksum-type").value_or("");
        return told(200, "<R><UploadId>" + id + "</UploadId></R>");
    }

    response for_upload(const request& what, const std::string& id, const std::string& key) {
        const auto found = uploads.find(id);
        if (found == uploads.end()) return refused(404, "NoSuchUpload");
        upload& to = found->second;
        if (what.method == "GET") return list(what, to);
        if (what.method == "PUT") {
            const int number = std::stoi(parameter(what, "partNumber"));
            to.parts[number] = what.body.bytes();
            to.checksums[number] = what.headers.find("x-amz-checksum-crc64nvme").value_or("");
            return tagged(told(200), to.parts[number]);
        }
        if (what.method == "DELETE") {
            uploads.erase(found);
            return told(204);
        }
        std::string all;
        for (const auto& [number, part] : to.parts) all += part;
        objects[key] = all;
        uploads.erase(found);
        return told(200, "<R><ETag>\"whole-2\"</ETag></R>");
    }

    /// Two parts a page.
    static response list(const request& what, const upload& of) {
        const std::string marker = parameter(what, "part-number-marker");
        const int after = marker.empty() ? 0 : std::stoi(marker);
        std::string body = "<R>";
        int listed = 0, last = 0;
        for (const auto& [number, part] : of.parts) {
            if (number <= after) continue;
            if (++listed > 2) break;
            last = number;
            body += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><Size>" +
                    std::to_string(part.size()) + "</Size><ETag>" + tag_of(part) + "</ETag>";
            if (const auto sum = of.checksums.find(number);
                sum != of.checksums.end() && !sum->second.empty())
                body += "<ChecksumCRC64NVME>" + sum->second + "</ChecksumCRC64NVME>";
            body += "</Part>";
        }
        if (!of.algorithm.empty())
            body += "<ChecksumAlgorithm>" + of.algorithm + "</ChecksumAlgorithm><ChecksumType>" +
                    of.type + "</ChecksumType>";
        body += "<IsTruncated>" + std::string(listed > 2 ? "true" : "false") +
                "</IsTruncated><NextPartNumberMarker>" + std::to_string(last) +
                "</NextPartNumberMarker></R>";
        return told(200, body);
    }

    response read(const request& what, const std::string& key) {
        const auto found = objects.find(key);
        if (found == objects.end()) return refused(404, "NoSuchKey");
        const std::string& content = found->second;
        const auto match = what.headers.find("if-match");
        if (match && *match != tag_of(content)) return refused(412, "PreconditionFailed");
        response made = tagged(told(200), content);
        if (what.method == "HEAD") {
            made.headers.add("content-length", std::to_string(content.size()));
            const std::size_t colon = checksum_header.find(": ");
            if (colon != std::string::npos)
                made.headers.add(checksum_header.substr(0, colon),
                                 checksum_header.substr(colon + 2));
            return made;
        }
        const auto range = what.headers.find("range");
        if (!range) {
            made.body = content;
            made.headers.add("content-length", std::to_string(content.size()));
            return made;
        }
        std::string_view text = range->substr(6);
        const std::size_t begin = std::stoull(std::string(awsxx::text::take_until(text, '-')));
        if (begin >= content.size()) return refused(416, "InvalidRange");
        const std::size_t end =
            std::min<std::size_t>(std::stoull(std::string(text)), content.size() - 1);
        made.status = 206;
        made.body = content.substr(begin, end - begin + 1);
        made.headers.add("content-length", std::to_string(made.body.size()));
        made.headers.add("content-range", "bytes " + std::to_string(begin) + "-" +
                                              std::to_string(end) + "/" +
                                              std::to_string(content.size()));
        return made;
    }

    static response tagged(response made, std::string_view content) {
        made.headers.add("etag", tag_of(content));
        return made;
    }
};

using store_session = awsxx::basic_session<awsxx::testing::scripted_transport>;

/// A session that reaches the store and nothing else: as AWS, or at an endpoint of somebody's own.
struct store_scene {
    std::shared_ptr<fake_store> store = std::make_shared<fake_store>();
    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();
    std::shared_ptr<awsxx::testing::scripted_transport> network =
        std::make_shared<awsxx::testing::scripted_transport>(
            [store = store](const awsxx::http::request& what, const awsxx::http::exchange& how) {
                if (store->seen) store->seen(how);
                return broken(*store, store->answer(what), how);
            });

    static awsxx::expected<awsxx::http::response> broken(
        fake_store& store, awsxx::expected<awsxx::http::response> answer,
        const awsxx::http::exchange& how) {
        if (!answer || how.sink == nullptr || store.breaks.empty()) return answer;
        const std::size_t size = store.breaks.front();
        store.breaks.pop_front();
        if (auto begun = how.sink->begin(*answer); !begun) return begun.error();
        if (auto some = how.sink->write(answer->body.substr(0, size)); !some) return some.error();
        return awsxx::error{.kind = awsxx::error_kind::network,
                            .retryable = true,
                            .code = "ConnectionBroken",
                            .message = "by the test"};
    }

    store_session session(std::optional<std::string> endpoint = {}) const {
        auto world = awsxx::testing::isolated_world(time);
        world.random = std::make_shared<fixed_random>(std::uint64_t{1} << 63);
        return store_session(
            {.access_key_id = "AKID", .secret_access_key = awsxx::secret("secret")},
            {.region = "eu-west-1", .endpoint_url = std::move(endpoint), .outside = world},
            network);
    }
};

}  // namespace test
